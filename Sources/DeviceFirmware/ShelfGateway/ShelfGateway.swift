public import RegisterMaps
public import Units

/// The firmware of a shelf's power-management module: one unit on the rack's bus that answers for six modules.
///
/// Purpose: read the modules over the shelf's own bus at its own pace, and show their main values at its own addresses, so
/// that a rack's monitor asks one unit instead of six.
///
/// Inputs and how far to trust them: a module's answer is believed when its CRC is right. What is shown is as old as
/// the last good answer, and says so (`age`): up to one poll period, and more while a module is silent. Writes are trusted:
/// the clock, and the word that stops the polling.
///
/// Intended behaviour: one module per turn, in the order of the slots. A silent module counts a time-out, one whose
/// frame is bad a CRC error; after some polls without a good answer it is no longer present, and its last values stay. A
/// module with any alarm has its alert bit set.
///
/// After a restart: silent for the boot time; nothing is known until the first round is over. The counters are kept.
///
/// Its maps are public, and nothing else: no maker says how often such a module asks its shelf, or when it counts one as absent.
public struct ShelfGateway: StartableFirmware, Sendable {
    public typealias ProcessImage = ShelfGatewayImage
    public typealias Outputs = ShelfGatewayOutputs

    struct Module: Sendable {
        var values = ShelfGatewayImage()
        var readAt: Instant?
        var missed: Int64 = 0
        var crcErrors: Int64 = 0
        var timeouts: Int64 = 0
        var isPresent = false
    }

    public internal(set) var lifetime: DeviceLifetime
    public let configuration: ShelfGatewayConfiguration
    /// The slot that the next step asks.
    public private(set) var slot = 0
    var modules = InlineArray<6, Module>(repeating: Module())
    var isStopped = false
    var badFrameCount: Int64 = 0
    var clock: ClientClock

    /// A gateway that has booted before `now`.
    public init(_ configuration: ShelfGatewayConfiguration, runningSince now: Instant = .start) {
        precondition((1...6).contains(configuration.moduleCount), "a gateway has 1 to 6 modules")
        self.configuration = configuration
        lifetime = DeviceLifetime(samplePeriod: configuration.turn, runningSince: now)
        clock = ClientClock(runningSince: now)
    }

    /// The server saw a frame with a bad CRC on the rack's bus.
    public mutating func countBadFrame() { badFrameCount += 1 }

    public mutating func step(at now: Instant, sampling image: ShelfGatewayImage) -> ShelfGatewayOutputs {
        guard now >= lifetime.nextSample else { return ShelfGatewayOutputs() }
        _ = lifetime.sampled(at: now)
        if !isStopped { take(image, at: now) }
        slot = (slot + 1) % Int(configuration.moduleCount)
        return ShelfGatewayOutputs()
    }

    private mutating func take(_ image: ShelfGatewayImage, at now: Instant) {
        guard !image.isSilent, !image.isCorrupt else {
            if image.isSilent { modules[slot].timeouts += 1 } else { modules[slot].crcErrors += 1 }
            modules[slot].missed += 1
            if modules[slot].missed >= configuration.missedPolls { modules[slot].isPresent = false }
            return
        }
        modules[slot].values = image
        modules[slot].readAt = now
        modules[slot].missed = 0
        modules[slot].isPresent = true
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        for slot in 0..<6 {
            modules[slot].values = ShelfGatewayImage()
            modules[slot].readAt = nil
            modules[slot].isPresent = false
            modules[slot].missed = 0
        }
        slot = 0
        isStopped = false
        clock = ClientClock(runningSince: now)
    }

    // MARK: Signals

    public func value(of signal: SignalIdentifier) -> Int64 {
        guard let named = ShelfGatewaySignal(rawValue: signal.signalNumber), signal.member < 6 else { return 0 }
        return switch named {
        case .modulesPresent: bits { $0.isPresent }
        case .modulesAlert: bits { $0.isPresent && $0.values.alarms != 0 }
        case .modulesPlanned: planned
        case .alarms: alarms.signalValue
        case .communicationAlarms: bits { !$0.isPresent } << 1
        case .crcErrors: badFrameCount
        case .pollingStopped: isStopped ? 1 : 0
        case .position: Int64(configuration.position)
        case .uptime: lifetime.uptime.seconds
        case .restartCount: lifetime.restartCount
        case .overrunCount: lifetime.overrunCount
        case .unixTime: clock.seconds(at: lifetime.lastStep)
        default: moduleValue(named, of: modules[Int(signal.member)])
        }
    }

    private func moduleValue(_ signal: ShelfGatewaySignal, of module: Module) -> Int64 {
        switch signal {
        case .moduleCRCErrors: module.crcErrors
        case .moduleTimeouts: module.timeouts
        case .temperature: module.values.temperature.rawValue
        case .charge: module.values.charge.rawValue
        case .voltage: module.values.voltage.rawValue
        case .current: module.values.current.rawValue
        case .power: module.values.power.rawValue
        case .energyRemaining: module.values.energyRemaining.rawValue
        case .energyFull: module.values.energyFull.rawValue
        case .moduleAlarms: Int64(module.values.alarms)
        case .absoluteCharge: module.values.absoluteCharge.rawValue
        case .currentNow: module.values.currentNow.rawValue
        case .inputVoltage: module.values.inputVoltage.rawValue
        case .inputCurrent: module.values.inputCurrent.rawValue
        case .age: module.readAt.map { (lifetime.lastStep - $0).milliseconds } ?? Self.neverRead
        default: 0
        }
    }

    /// ms that stand for "not read since the start": more than any register of milliseconds shows.
    private static let neverRead: Int64 = 1_000_000_000

    private var planned: Int64 { (1 << Int64(configuration.moduleCount)) - 1 }

    private func bits(_ holds: (Module) -> Bool) -> Int64 {
        var bits: Int64 = 0
        for slot in 0..<Int(configuration.moduleCount) where holds(modules[slot]) { bits |= 1 << Int64(slot) }
        return bits
    }

    private var alarms: ShelfGatewayAlarms {
        let present = bits { $0.isPresent }
        var alarms = ShelfGatewayAlarms()
        alarms.set(.missingModules, present != planned)
        alarms.set(.moduleCommunication, bits { $0.missed > 0 } != 0)
        alarms.set(.moduleAlerts, bits { $0.isPresent && $0.values.alarms != 0 } != 0)
        return alarms
    }

    // MARK: Writes

    public func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        switch ShelfGatewaySignal(writable: signal) {
        case .pollingStopped: value >= 0 && value <= 0xFFFF ? .accepted : .illegalValue
        case .unixTime: ClientClock.holds(value) ? .accepted : .illegalValue
        default: .protected
        }
    }

    public mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        switch ShelfGatewaySignal(rawValue: signal.signalNumber) {
        case .pollingStopped: isStopped = value != 0
        case .unixTime: clock.set(to: value, at: now)
        default: break
        }
    }

    @discardableResult
    public mutating func preset(_ signal: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        let verdict = verdict(onWriting: signal, value: value)
        if verdict == .accepted { write(signal, value: value, at: lifetime.startedAt) }
        return verdict
    }
}
