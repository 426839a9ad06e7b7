import Scenario
import Units
import YAMLReading

/// `bus: trays, unit: 12, function: 3, address: 0-20, fault: no-reply, chance: 30 %, count: 5`.
struct BusFaultReader {
    let targets: RackTargets

    func read(_ place: YAMLValue, _ mapping: YAMLMapping) -> EventReader.TitledAction? {
        let bus = targets.bus(place)
        let units = mapping.optional("unit").map { readUnits($0, on: bus) } ?? []
        let functions = mapping.optional("function").map { readFunctions($0) } ?? []
        let addresses = mapping.optional("address").map { readAddresses($0, functions) } ?? []
        let kind = mapping.required("fault").flatMap {
            BusFaultKindReader(medium: bus.flatMap { targets.rack?.buses[$0] }).read($0, mapping)
        }
        let chance = mapping.optional("chance")?.perMille()
        let count = mapping.optional("count")?.integer(in: 1...1_000_000)
        if let kind, case .fewerRegisters = kind.kind, let functions, !functions.isEmpty,
            !functions.contains(where: { range in Self.registerReads.contains { range.contains($0) } })
        {
            mapping.optional("function")?.problem(
                "fewer-registers changes answers to functions 3, 4 and 23; name one of them, or leave \"function\" out")
        }
        guard let bus, let kind, let units, let functions, let addresses else { return nil }
        let fault = BusFault(
            bus: bus, units: units, functions: functions, addresses: addresses, kind: kind.kind,
            chance: chance ?? .whole, count: count)
        let selectors = ["unit", "function", "address"].compactMap { key in
            mapping.optional(key).map { " \(key) \(Self.text(of: $0))" }
        }
        return (.busFault(fault), "bus \(place.scalarText ?? "")\(selectors.joined()) \(kind.text)")
    }

    private static let registerReads: [UInt8] = [3, 4, 23]
    /// Functions whose requests name no register or bit: 7, 8, 11, 12, 17, 20, 21, 43.
    private static let withoutAddress: [UInt8] = [7, 8, 11, 12, 17, 20, 21, 43]

    private static func text(of place: YAMLValue) -> String {
        place.scalarText ?? (place.list() ?? []).compactMap(\.scalarText).joined(separator: ",")
    }

    private func readUnits(_ place: YAMLValue, on bus: Int?) -> [ClosedRange<UInt8>]? {
        guard let ranges = place.numberRanges(in: 1...255, "units such as 18, 16-23 or [16, 18]") else { return nil }
        guard let bus, let rack = targets.rack else { return ranges.map(Self.octets) }
        for range in ranges
        where !rack.devices.contains(where: { $0.bus == bus && range.contains(Int($0.unit)) }) {
            let units =
                range.count == 1 ? "the unit \(range.lowerBound)" : "a unit in \(range.lowerBound)-\(range.upperBound)"
            place.problem("no device of the bus \"\(rack.buses[bus].name)\" has \(units)")
        }
        return ranges.map(Self.octets)
    }

    private func readFunctions(_ place: YAMLValue) -> [ClosedRange<UInt8>]? {
        place.numberRanges(in: 1...127, "function codes such as 3 or [3, 16]")?.map(Self.octets)
    }

    private func readAddresses(_ place: YAMLValue, _ functions: [ClosedRange<UInt8>]?) -> [ClosedRange<UInt16>]? {
        let ranges = place.numberRanges(in: 0...65_535, "register addresses such as 64, 0-20 or 0x40-0x47")
        if let functions, !functions.isEmpty,
            functions.allSatisfy({ $0.allSatisfy { Self.withoutAddress.contains($0) } })
        {
            place.problem("requests of these functions name no address; leave \"address\" or \"function\" out")
        }
        return ranges?.map { UInt16($0.lowerBound)...UInt16($0.upperBound) }
    }

    private static func octets(_ range: ClosedRange<Int>) -> ClosedRange<UInt8> {
        UInt8(range.lowerBound)...UInt8(range.upperBound)
    }
}
