public import Units

/// The firmware of a control valve with flow meter: the actuator of a loop's facility water.
///
/// Purpose: go where it is asked to, say what flows, and say when the two do not fit together.
///
/// Inputs and how far to trust them: the analogue input and the bus are both trusted in range; which of them rules is a
/// setting. The position sensor is the actuator's own and shows a blocked ball; the flow meter shows what position does not:
/// a valve that lets water through though closed, or none though open.
///
/// Intended behaviour:
/// - The target is an override, or else the ruling setpoint's part of the way from minimum to maximum.
/// - While the bus rules and no setpoint comes within the bus timeout, the valve is driven open: too much water is the
///   smaller mistake. The next setpoint ends that.
/// - The motor rests within the dead band. One that drives without moving the valve is blocked, and goes on trying.
///
/// After a restart: silent for the boot time with the motor at rest, then on as set. Settings, the setpoint and the times in
/// which it stood closed and open come back from flash, an override does not.
public struct ControlValve: StartableFirmware, Sendable {
    public typealias ProcessImage = ControlValveImage
    public typealias Outputs = ControlValveOutputs

    public internal(set) var lifetime: DeviceLifetime
    public let configuration: ControlValveConfiguration
    var image = ControlValveImage()
    var settings: ControlValveSettings
    var override: Int64 = 0
    var outputs: ControlValveOutputs
    var status = ControlValveStatus()
    var isMinimumApplied = false
    /// In its life so far.
    private(set) var closedTime: Interval = .zero
    private(set) var openTime: Interval = .zero
    private var countedAt: Instant
    private var busHeardAt: Instant
    private var restsAt: PerMille = .zero
    private var drivesSince = Instant.never
    private var offFlowSince = Instant.never

    /// A valve that has booted before `now`.
    public init(_ configuration: ControlValveConfiguration, runningSince now: Instant = .start) {
        self.configuration = configuration
        settings = configuration.settings
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        outputs = ControlValveOutputs(target: .zero)
        busHeardAt = now
        countedAt = now
    }

    public mutating func step(at now: Instant, sampling image: ControlValveImage) -> ControlValveOutputs {
        guard now >= lifetime.nextSample else { return outputs }
        _ = lifetime.sampled(at: now)
        self.image = image
        self.image.position = image.position.clamped(to: .zero ... .whole)
        if settings.busRules, now - busHeardAt > configuration.busTimeout { status.formUnion(.busWatchdog) }
        outputs.target = target
        countTimes(at: now)
        watchMotor(at: now)
        watchFlow(at: now)
        status.set(.freezeWarning, image.remoteTemperature < configuration.freezing)
        return outputs
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        image = ControlValveImage()
        override = 0
        status = ControlValveStatus()
        isMinimumApplied = false
        (drivesSince, offFlowSince) = (.never, .never)
        busHeardAt = lifetime.readyAt
        countedAt = lifetime.readyAt
    }

    mutating func hearBus(at now: Instant) {
        busHeardAt = now
        status.subtract(.busWatchdog)
    }

    mutating func clearSticky(at now: Instant) {
        (drivesSince, offFlowSince) = (.never, .never)
        hearBus(at: now)
    }

    private mutating func countTimes(at now: Instant) {
        let elapsed = max(now - countedAt, .zero)
        countedAt = now
        if image.position <= configuration.deadBand { closedTime += elapsed }
        if image.position >= .whole - configuration.deadBand { openTime += elapsed }
    }

    private var target: PerMille {
        switch override {
        case 1: return .whole
        case 2: return .zero
        case 3: return settings.minimum
        case 4: return PerMille(rawValue: (settings.minimum.rawValue + settings.maximum.rawValue) / 2)
        case 5: return settings.maximum
        default: break
        }
        if settings.busRules, status.contains(.busWatchdog) { return .whole }
        let asked = (settings.busRules ? settings.setpoint : image.analogue).clamped(to: .zero ... .whole)
        return settings.minimum + (settings.maximum - settings.minimum).scaled(by: asked)
    }

    private mutating func watchMotor(at now: Instant) {
        let away = outputs.target - image.position
        let moved = image.position - restsAt
        guard max(away, -away) > configuration.deadBand, max(moved, -moved) <= configuration.deadBand else {
            restsAt = image.position
            drivesSince = .never
            status.subtract(.actuatorBlocked)
            return
        }
        if drivesSince == .never { drivesSince = now }
        if now - drivesSince > configuration.blockedTime { status.formUnion(.actuatorBlocked) }
    }

    private mutating func watchFlow(at now: Instant) {
        let share = relativeFlow
        let isClosed = image.position <= configuration.deadBand
        status.set(.flowWithClosedValve, isClosed && share > configuration.flowTolerance)
        status.set(.reverseFlow, image.flow < 0)
        status.set(.flowExceedsNominal, share > .whole + configuration.flowTolerance)
        let away = outputs.target - share
        guard max(away, -away) > configuration.flowTolerance else {
            offFlowSince = .never
            status.subtract(.setpointNotReached)
            return
        }
        if offFlowSince == .never { offFlowSince = now }
        if now - offFlowSince > configuration.flowPatience { status.formUnion(.setpointNotReached) }
    }

    /// Of the nominal flow; a pressure-independent valve lets it through in proportion to its position.
    var relativeFlow: PerMille {
        let flow = min(max(image.flow, -10_000_000), 10_000_000)
        return PerMille(rawValue: flow * 1000 / max(1, configuration.nominalFlow))
    }
}
