internal import RegisterMaps

extension SignalUnit {
    /// Its unit in telemetry, and how many of this one make one of that.
    var inTelemetry: (unit: String, perUnit: Int64) {
        switch self {
        case .millivolts: ("V", 1000)
        case .milliamperes: ("A", 1000)
        case .milliwatts: ("W", 1000)
        case .millijoules: ("J", 1000)
        case .millidegrees: ("degC", 1000)
        case .rpm: ("rpm", 1)
        case .perMille: ("%", 10)
        case .milliseconds: ("s", 1000)
        case .seconds: ("s", 1)
        case .millihertz: ("Hz", 1000)
        case .pascals: ("kPa", 1000)
        case .millilitresPerMinute: ("L/min", 1000)
        case .count, .flags: ("", 1)
        }
    }
}
