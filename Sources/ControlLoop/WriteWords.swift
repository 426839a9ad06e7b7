internal import DeviceSpecs
public import RackControl
internal import RegisterMaps
internal import Units

/// A write in words: `tray-3/bmc (management, unit 50): power-limit = 2.45 kW`.
extension ControlPlan {
    /// `source`: which of the device's types answers there, 0 for the fitted one.
    public func words(ofWrite request: BusRequest, device: Int, source: Int = 0) -> String {
        let entry = inventory.devices[device]
        let specification = source == 0 ? entry.specification : entry.alternatives[source - 1]
        return "\(name(ofDevice: device)): \(words(ofWrite: request, specification))"
    }

    private func words(ofWrite request: BusRequest, _ specification: DeviceSpecification) -> String {
        switch request {
        case .writeRegisters(let address, let words):
            guard
                let point = specification.points.first(where: {
                    $0.definition.table == .holdingRegisters && $0.definition.address == address
                })
            else { return "register \(address)" }
            let raw = point.definition.raw { words[$0] }
            guard let unit = specification.signalUnit(of: point) else { return "\(point.name) = \(raw)" }
            return "\(point.name) = \(Self.words(of: point.definition.scale.signal(fromRaw: raw), in: unit))"
        case .writeCoil(let address, let isOn):
            let point = specification.points.first {
                $0.definition.table == .coils && $0.definition.address == address
            }
            return "\(point?.name ?? "coil \(address)") = \(isOn ? "on" : "off")"
        case .readRegisters, .readIdentification: return "no write"
        }
    }

    private static func words(of signal: Int64, in unit: SignalUnit) -> String {
        switch unit {
        case .milliwatts: Power(rawValue: signal).words
        case .millivolts: thousandths(signal, "V")
        case .milliamperes: thousandths(signal, "A")
        case .millijoules: thousandths(signal, "J")
        case .millidegrees: thousandths(signal, "degC")
        case .milliseconds: thousandths(signal, "s")
        case .millihertz: thousandths(signal, "Hz")
        case .pascals: thousandths(signal, "kPa")
        case .millilitresPerMinute: thousandths(signal, "L/min")
        case .perMille: "\(signal / 10)\(signal % 10 == 0 ? "" : ".\(signal % 10)") %"
        case .rpm: "\(signal) rpm"
        case .seconds: "\(signal) s"
        case .count: "\(signal)"
        case .flags: "0x" + String(signal, radix: 16)
        }
    }

    private static func thousandths(_ amount: Int64, _ unit: String) -> String {
        var fraction = String(1000 + amount.magnitude % 1000).dropFirst()
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = amount < 0 ? "-" : ""
        return "\(sign)\(amount.magnitude / 1000)\(fraction.isEmpty ? "" : ".")\(fraction) \(unit)"
    }
}
