public import RegisterMaps
public import Units

/// A firmware that can be commissioned from the initial values of its register map, and that is silent while it boots.
public protocol StartableFirmware: Firmware {
    /// When the device started, answers and samples.
    var lifetime: DeviceLifetime { get }

    /// Takes a setting from the register map's initial values before the run: write protection does not apply and the
    /// comms watchdog is not fed. A value that a write would be refused for its range changes nothing.
    @discardableResult
    mutating func preset(_ signal: SignalIdentifier, to value: Int64) -> SignalWriteVerdict
}

extension StartableFirmware {
    @inlinable public var nextDeadline: Instant { lifetime.nextSample }
    /// Whether the device answers on its bus: false from a restart until it has booted.
    @inlinable public func isReady(at now: Instant) -> Bool { now >= lifetime.readyAt }
    /// Steps that came one sample period late or more, since the last restart.
    public var overrunCount: Int64 { lifetime.overrunCount }
}
