import DeviceSpecs
import Plant
import RegisterMaps

extension DeviceSpecification {
    /// Why a supply of this type cannot stand on the busbar of such supplies, by its own map: the register of its output
    /// voltage ends below theirs, or its setpoint cannot be theirs; `nil` where nothing speaks against it.
    func misfit(onBusbarOf supply: SupplyConfiguration) -> String? {
        let wanted = Int64((supply.noLoadVoltage * 1000).rounded())
        if let output = point(boundTo: PowerSupplySignal.outputVoltage.identifier)?.definition {
            let most = output.scale.signal(fromRaw: output.highestRaw)
            if most < wanted {
                return "\"\(model)\" gives \(Self.volts(most)) at most, the supplies here \(Self.volts(wanted))"
            }
        }
        guard let setpoint = point(boundTo: PowerSupplySignal.outputSetpoint.identifier)?.definition else { return nil }
        let (least, most) = (
            setpoint.scale.signal(fromRaw: setpoint.lowestRaw), setpoint.scale.signal(fromRaw: setpoint.highestRaw)
        )
        // A step of the register may stand between the two.
        guard wanted < least - 10 || wanted > most + 10 else { return nil }
        return "\"\(model)\" gives \(Self.volts(least)) to \(Self.volts(most)), the supplies here \(Self.volts(wanted))"
    }

    private static func volts(_ millivolts: Int64) -> String {
        let hundredths = (millivolts + 5) / 10
        let (whole, part) = (hundredths / 100, hundredths % 100)
        if part == 0 { return "\(whole) V" }
        return part % 10 == 0 ? "\(whole).\(part / 10) V" : "\(whole).\(part < 10 ? "0" : "")\(part) V"
    }
}
