import Units

/// Holds the supply temperature by the facility water's valve: a PI law in its velocity form, so that a valve that stands
/// at an end winds nothing up.
struct ValveLoop: Sendable {
    /// Millionths of the way.
    private var position: Int64
    private var previous: Int64?
    private var due: Instant?

    init(at position: PerMille) { self.position = position.rawValue * 1000 }

    var command: PerMille { PerMille(rawValue: position / 1000) }

    /// Too warm opens. Errors beyond 100 K are as good as that.
    mutating func step(
        supply: Temperature, setpoint: Temperature, _ configuration: PumpUnitConfiguration, at now: Instant
    ) {
        guard now >= due ?? now else { return }
        due = max((due ?? now) + configuration.valvePeriod, now)
        let error = (supply - setpoint).rawValue.clamped(to: -100_000...100_000)
        let change = error - (previous ?? error)
        previous = error
        let elapsed = configuration.valvePeriod.milliseconds
        position += configuration.valveProportional * change / 1000
        position += configuration.valveIntegral * error / 1000 * elapsed / 1000
        position = position.clamped(to: 0...1_000_000)
    }

    /// Nobody knows how warm the supply is.
    mutating func open() {
        position = 1_000_000
        previous = nil
    }
}

extension Int64 {
    fileprivate func clamped(to range: ClosedRange<Int64>) -> Int64 {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
