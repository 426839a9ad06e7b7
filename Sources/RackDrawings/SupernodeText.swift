public import Scenario
import Units

/// A supernode in words: what is told of the whole with its sources, and what its cabinets come to.
public struct SupernodeText {
    public let text: String

    public init(_ supernode: Supernode) {
        let titleWidth = supernode.facts.map(\.title.count).max() ?? 0
        let values = supernode.facts.map { $0.value.isEmpty ? "-" : $0.value }
        let valueWidth = values.map(\.count).max() ?? 0
        let markWidth = supernode.facts.map(\.mark.count).max() ?? 0
        var lines = [supernode.name, supernode.says, "", "Told of the whole"]
        for (fact, value) in zip(supernode.facts, values) {
            lines.append(
                "  \(Self.padded(fact.title, titleWidth))  \(Self.padded(value, valueWidth))  "
                    + "\(Self.padded(fact.mark, markWidth))  \(fact.source)")
        }
        lines += ["", "Here"] + Self.cabinets(supernode).map { "  " + $0 }
        text = lines.joined(separator: "\n")
    }

    private static func cabinets(_ supernode: Supernode) -> [String] {
        let each = supernode.acceleratorCount / supernode.cabinetCount
        let all = supernode.cabinetCeiling * Int64(supernode.cabinetCount)
        var lines = [
            "\(supernode.cabinetCount) x rack \(supernode.rack.name): \(each) accelerators each, "
                + "\(AmountText.power(supernode.cabinetFloor)) at the floors to \(AmountText.power(supernode.cabinetCeiling)) of DC",
            "all cabinets together: \(AmountText.power(all)) of DC at most",
        ]
        if let power = supernode.power {
            lines.append(
                "\(AmountText.power(power - all)) of the whole's power are left for conversion, cooling and the cabinets of switches"
            )
        }
        return lines
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
