public import Units

/// Where the live values of a device come from when its registers are read.
public protocol SignalSource {
    /// The signal in its base unit, as last latched. Unknown identifiers yield 0; a spec that binds one is refused
    /// when it is loaded.
    func value(of signal: SignalIdentifier) -> Int64
}

/// What a firmware says to a write of one of its signals.
@frozen
public enum SignalWriteVerdict: UInt8, Sendable {
    case accepted
    /// The value is outside what the device allows now (exception 3).
    case illegalValue
    /// The setting is protected and the device is locked, or the signal cannot be written (exception 2).
    case protected
    /// The device cannot take it at present (exception 6).
    case busy
    /// The device tried and failed (exception 4).
    case failed
}

/// Where written values go: a firmware state machine.
public protocol SignalSink {
    /// Says whether `write` would take the value, without changing anything. A request that writes several points is
    /// taken whole or not at all, so every point is asked first.
    func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict
    /// Takes a value for which `verdict` said `.accepted` in this same request.
    mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant)
}
