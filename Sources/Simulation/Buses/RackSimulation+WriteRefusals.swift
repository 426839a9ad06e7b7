internal import DeviceSpecs
internal import ModbusWire
internal import RegisterMaps
internal import RunRecords
internal import Scenario
internal import Units

/// A client outside that writes what a unit does not take is told by an exception. Who watches the rack is told as well:
/// the bus, the unit, the register, and what it takes.
extension RackSimulation {
    /// What a person should know of the last answer; once.
    public func takeRefusedWrite() -> String? {
        guard let news = refusals.news else { return nil }
        refusals.news = nil
        return news
    }

    func noteRefusedWrite(_ pdu: Span<UInt8>, unit: UInt8, bus: Int, code: ExceptionCode, at instant: Instant) {
        guard code == .illegalDataAddress || code == .illegalDataValue, pdu.count >= 3,
            let written = WrittenWords(pdu)
        else { return }
        let number = Int(deviceAtUnit[bus * 256 + Int(unit)])
        guard number >= 0,
            refusals.isNew(
                bus: bus, unit: unit, function: pdu[0], address: written.address, code: code.rawValue)
        else { return }
        let device = devices[number].definition
        let reason = code == .illegalDataValue ? "illegal data value" : "illegal data address"
        let text =
            "unit \(unit) (\(device.path)) refused a write: \(reason)\(Self.place(of: written, code, device.specification))"
        mark(.server, scenario.rack.buses[bus].name, text, isMajor: true, at: instant)
        refusals.news = "bus \(scenario.rack.buses[bus].name), \(text)"
    }

    /// The register on which the write failed, as far as the map tells; the device may have reasons of its own.
    private static func place(
        of written: WrittenWords, _ code: ExceptionCode, _ specification: DeviceSpecification
    ) -> String {
        let kind = written.table == .coils ? "coil" : "register"
        for address in written.addresses {
            let point = specification.points.first { $0.definition.covers(address, of: written.table) }
            guard let point, point.definition.access != .readOnly else {
                guard code == .illegalDataAddress else { continue }
                return ", \(kind) \(hexadecimal(address)) "
                    + (point.map { "(\($0.name)) is read-only" } ?? "is not there")
            }
            let definition = point.definition
            guard code == .illegalDataValue, definition.table == .holdingRegisters, definition.wordCount == 1,
                definition.encoding == .unsigned || definition.encoding == .signed,
                let word = written.word(at: address)
            else { continue }
            let value = definition.encoding == .signed ? Int64(Int16(bitPattern: word)) : Int64(word)
            guard value < definition.lowestRaw || value > definition.highestRaw else { continue }
            return ", register \(hexadecimal(address)) (\(point.name)) takes \(definition.lowestRaw) to "
                + "\(definition.highestRaw), found \(value)"
        }
        let name = specification.points.first { $0.definition.covers(Int(written.address), of: written.table) }?.name
        let more = written.count > 1 ? " and \(written.count - 1) more" : ""
        return ", \(kind) \(hexadecimal(Int(written.address)))\(name.map { " (\($0))" } ?? "")\(more)"
    }

    private static func hexadecimal(_ address: Int) -> String {
        let digits = String(address, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension PointDefinition {
    fileprivate func covers(_ address: Int, of table: RegisterTable) -> Bool {
        self.table == table && (Int(self.address)..<Int(self.address) + Int(wordCount)).contains(address)
    }
}
