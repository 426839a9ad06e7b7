public import RegisterMaps
public import Units

/// The firmware of a leak and door sensor.
///
/// Purpose: say that there is coolant where none should be, and that a door stands open; keep both until somebody has
/// seen them.
///
/// Inputs and how far to trust them: the rope's conductance after it has lasted for the delay; a broken rope is told and
/// counts as no leak, since a tray is not switched off for a bad cable. The contact at once.
///
/// After a restart: silent for the boot time; settings come back from flash, the sticky bits are gone but for `restarted`.
///
/// Makers of ropes publish how much liquid must lie on them, which a test holds; no time to an alarm was found published.
public struct LeakSensor: StartableFirmware, Sendable {
    public typealias ProcessImage = LeakSensorImage
    /// It drives nothing.
    public typealias Outputs = LeakSensorStatus

    public internal(set) var lifetime: DeviceLifetime
    public let configuration: LeakSensorConfiguration
    private var image = LeakSensorImage()
    private var wetSince = Instant.never
    private var isWet = false
    private var doorCount: Int64 = 0
    private var threshold: PerMille
    private var delay: Interval
    private var latched = LeakSensorStatus()

    /// A sensor that has booted before `now`.
    public init(_ configuration: LeakSensorConfiguration, runningSince now: Instant = .start) {
        self.configuration = configuration
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        threshold = configuration.threshold
        delay = configuration.delay
    }

    public mutating func step(at now: Instant, sampling image: LeakSensorImage) -> LeakSensorStatus {
        guard now >= lifetime.nextSample else { return status }
        if lifetime.sampled(at: now) > 1 { latched.formUnion(.overrun) }
        if image.isDoorOpen && !self.image.isDoorOpen { doorCount += 1 }
        self.image = image
        judgeRope(at: now)
        latched.formUnion(status.intersection(.sticky))
        return status
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        image = LeakSensorImage()
        wetSince = .never
        isWet = false
        doorCount = 0
        latched = .restarted
    }

    private mutating func judgeRope(at now: Instant) {
        guard image.wetness >= threshold, image.isRopeWhole else {
            wetSince = .never
            isWet = false
            return
        }
        if wetSince == .never { wetSince = now }
        isWet = now - wetSince >= delay
    }

    public var status: LeakSensorStatus {
        var status = LeakSensorStatus()
        status.set(.leak, isWet)
        status.set(.doorOpen, image.isDoorOpen)
        status.set(.ropeBroken, !image.isRopeWhole)
        status.set(.latchedFault, !latched.isEmpty)
        return status
    }

    public func value(of signal: SignalIdentifier) -> Int64 {
        guard let named = LeakSensorSignal(rawValue: signal.signalNumber) else { return 0 }
        return switch named {
        case .status: status.signalValue
        case .latched: latched.signalValue
        case .leak: isWet ? 1 : 0
        case .wetness: image.wetness.clamped(to: .zero ... .whole).rawValue
        case .threshold: threshold.rawValue
        case .delay: delay.milliseconds
        case .door: image.isDoorOpen ? 1 : 0
        case .doorCount: doorCount
        case .uptime: lifetime.uptime.seconds
        case .restartCount: lifetime.restartCount
        case .overrunCount: lifetime.overrunCount
        }
    }

    public func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = LeakSensorSignal(writable: signal) else { return .protected }
        return isInRange(value, for: signal) ? .accepted : .illegalValue
    }

    public mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = LeakSensorSignal(rawValue: signal.signalNumber) else { return }
        store(signal, value)
    }

    @discardableResult
    public mutating func preset(_ signal: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = LeakSensorSignal(writable: signal) else { return .protected }
        guard isInRange(value, for: signal) else { return .illegalValue }
        store(signal, value)
        return .accepted
    }

    private func isInRange(_ value: Int64, for signal: LeakSensorSignal) -> Bool {
        switch signal {
        case .latched: value >= 0 && value <= 0xFFFF
        case .threshold: value >= 1 && value <= 1000
        case .delay: value >= 0 && value <= configuration.longestDelay.milliseconds
        default: false
        }
    }

    private mutating func store(_ signal: LeakSensorSignal, _ value: Int64) {
        switch signal {
        case .latched: latched.subtract(LeakSensorStatus(signalValue: value))
        case .threshold: threshold = PerMille(rawValue: value)
        case .delay: delay = .milliseconds(value)
        default: return
        }
    }
}
