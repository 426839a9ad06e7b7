public import RegisterMaps

/// The flags of a class's signals, for who writes or reads a spec. They stand on this floor, since an MCU has no use for names.
public protocol FlaggedSignal: DeviceSignal {
    /// Every bit that the signal has, those included that stay clear for want of a sensor; empty for a signal that is no set
    /// of flags.
    var knownFlags: [KnownFlag] { get }
}

extension RackControllerSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] { [] }
}
