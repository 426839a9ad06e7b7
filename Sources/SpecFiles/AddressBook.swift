internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// A point with the places in the file that messages about it name.
struct PlacedPoint {
    var point: SpecifiedPoint
    var namePlace: YAMLValue
    var addressPlace: YAMLValue
    /// False when the name or the address was wrong: then the point is not compared with others.
    var isComparable: Bool

    var first: Int { Int(point.definition.address) }
    var last: Int { first + Int(point.definition.wordCount) - 1 }
}

/// Judges points against each other: two on one address, two of one name.
enum AddressBook {
    static func judge(_ points: [PlacedPoint]) {
        let comparable = points.filter(\.isComparable)
        judgeNames(comparable)
        judgeAddresses(comparable)
    }

    private static func judgeNames(_ points: [PlacedPoint]) {
        var seen: [String: PlacedPoint] = [:]
        for placed in points {
            if let earlier = seen[placed.point.name] {
                placed.namePlace.problem(
                    "expected a name that stands once, found \"\(placed.point.name)\", which stands already in line "
                        + "\(earlier.namePlace.line)")
            } else {
                seen[placed.point.name] = placed
            }
        }
    }

    /// Reports every point that begins inside an earlier one of its table, at the one that comes later in the file.
    private static func judgeAddresses(_ points: [PlacedPoint]) {
        let sorted = points.enumerated().sorted { first, second in
            let (one, two) = (first.element, second.element)
            return (one.point.definition.table.rawValue, one.first, first.offset)
                < (two.point.definition.table.rawValue, two.first, second.offset)
        }
        var reach: EnumeratedSequence<[PlacedPoint]>.Element?
        for current in sorted {
            guard let previous = reach,
                previous.element.point.definition.table == current.element.point.definition.table
            else {
                reach = current
                continue
            }
            if current.element.first <= previous.element.last {
                let (earlier, later) =
                    previous.offset < current.offset
                    ? (previous.element, current.element) : (current.element, previous.element)
                later.addressPlace.problem(
                    "expected free addresses, found \(span(later)) of \"\(later.point.name)\", which overlaps "
                        + "\"\(earlier.point.name)\" at \(span(earlier)) (line \(earlier.namePlace.line))")
            }
            if current.element.last >= previous.element.last { reach = current }
        }
    }

    private static func span(_ placed: PlacedPoint) -> String {
        placed.first == placed.last
            ? RegisterAddress.text(placed.first)
            : "\(RegisterAddress.text(placed.first)) to \(RegisterAddress.text(placed.last))"
    }
}

/// How addresses are printed.
enum RegisterAddress {
    /// "0x001F".
    static func text(_ address: Int) -> String {
        let digits = String(address, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
