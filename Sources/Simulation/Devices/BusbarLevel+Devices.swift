internal import DeviceFirmware
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// What makers and installers set otherwise on a 12.5 V busbar than on the 51 V for which specs and firmware are written.
extension PowerSupplyConfiguration {
    /// Around the 12.5 V of Open Rack V2: 4 % either way, as 49...53 V are of 51 V; a short circuit is half as much again as
    /// the over-current that the rating gives (typical, arbitrary).
    mutating func setForTwelveVolts() {
        setpointRange = .volts(12) ... .volts(13)
        limits.output.underVoltage = .volts(11)
        limits.output.overVoltage = .millivolts(13_500)
        limits.output.oringDrop = .millivolts(250)
        limits.output.shortCircuit = limits.output.overCurrent.scaled(by: .perMille(1500))
    }
}

extension BusbarLevel {
    /// Of a tray's monitor: none on 51 V, where the type's own thresholds fit. 300 A: nine tenths of what its shunt shows.
    var monitorSettings: [(signal: SignalIdentifier, value: Int64)] {
        guard self == .twelve else { return [] }
        return [
            (PowerMonitorSignal.overVoltageThreshold.identifier, Voltage.millivolts(13_500).millivolts),
            (PowerMonitorSignal.underVoltageThreshold.identifier, Voltage.volts(11).millivolts),
            (PowerMonitorSignal.overCurrentThreshold.identifier, Current.amperes(300).milliamperes),
        ]
    }
}
