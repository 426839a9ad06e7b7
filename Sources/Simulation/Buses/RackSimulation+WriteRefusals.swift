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
        let device = devices[number]
        let refused = RefusedWrite(written, by: device)
        let (reason, found) =
            code == .illegalDataValue
            ? ("illegal data value", refused.valueFault()) : ("illegal data address", refused.addressFault())
        let place = found ?? Self.unfounded(written)
        let text =
            "unit \(unit) (\(device.definition.path)) refused a write: \(reason), \(place)"
        mark(.server, scenario.rack.buses[bus].name, text, isMajor: true, at: instant)
        refusals.news = "bus \(scenario.rack.buses[bus].name), \(text)"
    }

    /// Nothing in the map or the firmware stands against it: a fault on the bus has answered for the unit.
    private static func unfounded(_ written: WrittenWords) -> String {
        let kind = written.table == .coils ? "coil" : "register"
        let more = written.count > 1 ? " and \(written.count - 1) more" : ""
        return
            "\(kind) \(RegisterAmount.hexadecimal(Int(written.address)))\(more), which it would take: a fault answers so"
    }
}
