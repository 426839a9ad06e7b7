public import RegisterMaps
public import Units

extension ControlValve {
    public func value(of identifier: SignalIdentifier) -> Int64 {
        guard let signal = ControlValveSignal(rawValue: identifier.signalNumber) else { return 0 }
        return switch signal {
        case .setpoint: settings.setpoint.rawValue
        case .override: override
        case .command: 0
        case .setpointSource: settings.busRules ? 1 : 0
        case .analogueSetpoint: image.analogue.clamped(to: .zero ... .whole).rawValue
        case .minimum: settings.minimum.rawValue
        case .maximum: settings.maximum.rawValue
        case .position: image.position.rawValue
        case .angle: configuration.fullAngle * image.position.rawValue / 1000
        case .relativeFlow: max(0, relativeFlow.rawValue)
        case .flow: max(0, image.flow)
        case .flowSetpoint: configuration.nominalFlow * outputs.target.rawValue / 1000
        case .sensorTemperature: image.sensorTemperature.rawValue
        case .remoteTemperature: image.remoteTemperature.rawValue
        case .bodyTemperature: image.bodyTemperature.rawValue
        case .glycol: 0
        case .deviceType: 4
        case .status: status.signalValue
        case .notes: notes.signalValue
        case .nominalFlow: configuration.nominalFlow
        case .analogueOutput: configuration.fullFeedback.scaled(by: image.position).rawValue
        case .closedTime: closedTime.rawValue / Interval.seconds(1).rawValue
        case .openTime: openTime.rawValue / Interval.seconds(1).rawValue
        case .surroundings: surroundings.signalValue
        case .drive: drive.signalValue
        }
    }

    private var surroundings: ControlValveSurroundings {
        var surroundings = ControlValveSurroundings()
        surroundings.set(.communicationFault, status.contains(.busWatchdog))
        return surroundings
    }

    private var drive: ControlValveDrive {
        var drive = ControlValveDrive()
        drive.set(.movementError, status.contains(.actuatorBlocked))
        return drive
    }

    private var notes: ControlValveNotes {
        let asked = settings.busRules ? settings.setpoint : image.analogue
        var notes = ControlValveNotes()
        notes.set(.minimumApplied, settings.minimum > .zero && asked <= .zero && override == 0)
        return notes
    }

    public func verdict(onWriting identifier: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = ControlValveSignal(writable: identifier) else { return .protected }
        return isInRange(value, for: signal) ? .accepted : .illegalValue
    }

    public mutating func write(_ identifier: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = ControlValveSignal(writable: identifier) else { return }
        switch signal {
        case .setpoint, .override: hearBus(at: now)
        case .setpointSource: hearBus(at: now)
        case .command: if value == 4 { clearSticky(at: now) }
        default: break
        }
        store(signal, value)
    }

    @discardableResult
    public mutating func preset(_ identifier: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = ControlValveSignal(writable: identifier) else { return .protected }
        guard isInRange(value, for: signal) else { return .illegalValue }
        store(signal, value)
        return .accepted
    }

    private func isInRange(_ value: Int64, for signal: ControlValveSignal) -> Bool {
        switch signal {
        case .setpoint: value >= 0 && value <= 1000
        case .override: value >= 0 && value <= 5
        case .command: value >= 0 && value <= 4
        case .setpointSource: value == 0 || value == 1
        case .minimum: value >= 0 && value <= settings.maximum.rawValue
        case .maximum: value >= settings.minimum.rawValue && value <= 1000
        default: false
        }
    }

    private mutating func store(_ signal: ControlValveSignal, _ value: Int64) {
        switch signal {
        case .setpoint: settings.setpoint = PerMille(rawValue: value)
        case .override: override = value
        case .setpointSource: settings.busRules = value == 1
        case .minimum: settings.minimum = PerMille(rawValue: value)
        case .maximum: settings.maximum = PerMille(rawValue: value)
        default: return
        }
    }
}
