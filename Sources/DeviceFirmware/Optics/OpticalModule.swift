public import Units

/// The auxiliary controller inside an optical module.
///
/// Purpose: bring the lasers up when the host lets it, tell what they do, and save the module when it gets too hot.
///
/// Inputs and how far to trust them: its own case sensor; the host's request for low power, over a two-wire bus.
///
/// Intended behaviour (CMIS module state machine):
///
///     plugged, reset -> initialising -> low power -- not asked to stay low --> powering up --> ready
///                                          ^                                       |            |
///                                          +------ powering down <-- asked to -----+------------+
///     any of these, too hot --> fault, until it is reset or pulled
///
/// Only a ready module sends. Power rises with the beginning of the power-up, and falls with the end of the power-down.
/// After a reset or a loss of power it begins anew, and knows nothing of before.
public struct OpticalModule: Sendable {
    public let configuration: OpticalModuleConfiguration
    public private(set) var state = OpticalModuleState.absent
    /// When the present state ends by itself.
    private var endsAt = Instant.never
    private var isPlugged = false

    public init(_ configuration: OpticalModuleConfiguration) { self.configuration = configuration }

    /// Whether its management can be asked.
    public var answers: Bool { state != .absent }
    public var sends: Bool { state == .ready }

    public var power: Power {
        switch state {
        case .absent: isPlugged ? configuration.lowPower : .zero
        case .lowPower, .fault: configuration.lowPower
        case .poweringUp, .ready, .poweringDown: configuration.maximumPower
        }
    }

    public mutating func step(
        at now: Instant, plugged: Bool, caseTemperature: Temperature, staysLow: Bool
    ) {
        guard plugged else {
            (state, endsAt, isPlugged) = (.absent, .never, false)
            return
        }
        if !isPlugged { begin(at: now) }
        if state != .absent, state != .fault, caseTemperature > configuration.shutdownTemperature {
            (state, endsAt) = (.fault, .never)
        }
        switch state {
        case .absent: if now >= endsAt { (state, endsAt) = (.lowPower, .never) }
        case .lowPower: if !staysLow { (state, endsAt) = (.poweringUp, now + configuration.powerUp) }
        case .poweringUp:
            if staysLow {
                (state, endsAt) = (.poweringDown, now + configuration.powerDown)
            } else if now >= endsAt {
                (state, endsAt) = (.ready, .never)
            }
        case .ready: if staysLow { (state, endsAt) = (.poweringDown, now + configuration.powerDown) }
        case .poweringDown: if now >= endsAt { (state, endsAt) = (.lowPower, .never) }
        case .fault: break
        }
    }

    /// Its reset line was pulsed, or its supply came back.
    public mutating func reset(at now: Instant) { if isPlugged { begin(at: now) } }

    private mutating func begin(at now: Instant) {
        isPlugged = true
        (state, endsAt) = (.absent, now + configuration.initialisation)
    }

    /// Laser bias of a lane, microamperes; a warm laser needs more for the same light.
    public func bias(at temperature: Temperature) -> Int64 {
        guard sends else { return 0 }
        let kelvins = max(0, (temperature - .degrees(25)).rawValue / 1000)
        return configuration.bias + configuration.biasPerKelvin * kelvins
    }

    /// Of a lane, tenths of a microwatt.
    public var sentPower: Int64 { sends ? configuration.sentPower : 0 }
}
