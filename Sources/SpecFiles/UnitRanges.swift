internal import YAMLReading

/// Reads `units: [16-47, 60]`: the unit identifiers to which a device can be strapped.
enum UnitRanges {
    static func read(_ value: YAMLValue) -> [ClosedRange<UInt8>]? {
        guard let items = value.list("a list of unit identifiers such as [16-47, 60]") else { return nil }
        guard !items.isEmpty else {
            value.problem("expected at least one unit identifier or range such as 16-47, found an empty list")
            return nil
        }
        var ranges: [ClosedRange<UInt8>] = []
        for item in items {
            guard let range = range(item) else { continue }
            if let other = ranges.first(where: { $0.overlaps(range) }) {
                item.problem(
                    "expected units that no other range holds, found \"\(text(range))\", which overlaps "
                        + "\"\(text(other))\"; leave out or shorten one of them")
            }
            ranges.append(range)
        }
        return ranges
    }

    private static func range(_ item: YAMLValue) -> ClosedRange<UInt8>? {
        let parts = (item.scalarText ?? "").split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.map { Int($0.trimmingSpaces) }
        guard (1...2).contains(parts.count), let first = numbers[0], let last = numbers.last ?? nil else {
            item.expected("a unit identifier such as 12 or a range such as 16-47")
            return nil
        }
        guard first >= 1, last <= 255 else {
            item.expected("unit identifiers from 1 to 255")
            return nil
        }
        guard first <= last else {
            item.expected("a range that runs upward such as \(last)-\(first)")
            return nil
        }
        return UInt8(first)...UInt8(last)
    }

    static func text(_ range: ClosedRange<UInt8>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var view = self
        while view.first == " " { view.removeFirst() }
        while view.last == " " { view.removeLast() }
        return view
    }
}
