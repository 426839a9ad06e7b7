public import Units

/// Board facts and factory settings of a control valve.
public struct ControlValveConfiguration: Sendable {
    /// 100 ms: arbitrary, short against a travel of a minute.
    public var samplePeriod: Interval = .milliseconds(100)
    /// 1 s: arbitrary.
    public var bootTime: Interval = .seconds(1)
    /// At the open valve, mL/min; 65 L/min: arbitrary, and given by the rack.
    public var nominalFlow: Int64 = 65_000
    /// Of the ball from closed to open, hundredths of a degree: a quarter turn.
    public var fullAngle: Int64 = 9000
    /// Of the feedback output at the open valve. 10 V: Danfoss NovoCon M, 003Z8540.
    public var fullFeedback: Voltage = .volts(10)
    /// Difference between valve and target below which the motor rests. 0.5 %: typical.
    public var deadBand: PerMille = .perMille(5)
    /// How long the motor may drive without moving the valve by a dead band. 5 s: arbitrary.
    public var blockedTime: Interval = .seconds(5)
    /// Difference between flow and setpoint, of the nominal flow, and for how long, that counts as not reached: beyond the
    /// 5 % to which a Belimo EP015R2+BAC holds its flow, for more than a full travel of 60 s.
    public var flowTolerance: PerMille = .percent(5)
    public var flowPatience: Interval = .seconds(75)
    /// 2 degrees: typical.
    public var freezing: Temperature = .degrees(2)
    /// 120 s: typical of building controllers, which write once a minute.
    public var busTimeout: Interval = .seconds(120)
    public var settings = ControlValveSettings()

    public init() {}
}

/// What a control valve keeps in flash.
public struct ControlValveSettings: Hashable, Sendable {
    /// The analogue input rules, so that whoever was wired to the valve goes on doing so.
    public var busRules = false
    public var setpoint: PerMille = .zero
    public var minimum: PerMille = .zero
    public var maximum: PerMille = .whole

    public init() {}
}

/// What a control valve senses at one instant.
@frozen
public struct ControlValveImage: Sendable {
    /// Of the analogue input.
    public var analogue: PerMille
    public var position: PerMille
    /// mL/min; below zero it flows backwards.
    public var flow: Int64
    public var sensorTemperature: Temperature
    public var remoteTemperature: Temperature
    public var bodyTemperature: Temperature

    public init() {
        analogue = .zero
        position = .zero
        flow = 0
        sensorTemperature = .degrees(20)
        remoteTemperature = .degrees(20)
        bodyTemperature = .degrees(20)
    }
}

/// The motor of a control valve.
@frozen
public struct ControlValveOutputs: Hashable, Sendable {
    /// Where it drives the valve.
    public var target: PerMille
    @inlinable public init(target: PerMille) { self.target = target }
}
