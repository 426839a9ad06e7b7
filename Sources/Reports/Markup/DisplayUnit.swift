/// The unit in which values of a signal are shown: the recorded unit, or its thousandfold where the values are large.
struct DisplayUnit: Sendable {
    var name: String
    /// Recorded value / divisor = shown value.
    var divisor: Double

    init(unit: String, greatest: Double) {
        switch unit {
        case "W" where greatest >= 1e6: (name, divisor) = ("MW", 1e6)
        case "W" where greatest >= 2e3: (name, divisor) = ("kW", 1e3)
        case "W/s" where greatest >= 2e3: (name, divisor) = ("kW/s", 1e3)
        case "J" where greatest >= 2e6: (name, divisor) = ("MJ", 1e6)
        case "J" where greatest >= 2e3: (name, divisor) = ("kJ", 1e3)
        case "Wh" where greatest >= 2e3: (name, divisor) = ("kWh", 1e3)
        case "A" where greatest < 0.5: (name, divisor) = ("mA", 1e-3)
        case "degC": (name, divisor) = ("°C", 1)
        default: (name, divisor) = (unit, 1)
        }
    }
}
