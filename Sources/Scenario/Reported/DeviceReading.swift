public import RegisterMaps

/// A recorded signal that a device tells of itself: what its firmware measures or concludes, whether or not anybody asks it.
///
/// Unlike the plant's own signals it has the errors, the averages and the age that the device gives it, and a lying sensor
/// shows in it. It is 0 while the device boots, has no power, or is not there.
public struct DeviceReading: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// A number; so many units of the device's signal are one of the catalogue's.
        case amount(SignalIdentifier, perUnit: Int64)
        /// True while the device's signal has this value.
        case equals(SignalIdentifier, Int64)
        /// True while this bit of the device's signal is set, counted from 0.
        case bit(SignalIdentifier, UInt8)
        /// How many bits of the device's signal are set.
        case bitCount(SignalIdentifier)
        /// True while anything comes back from its address.
        case answers
    }

    /// Its index in `RackDefinition.devices`.
    public var device: Int
    public var kind: Kind

    public init(device: Int, kind: Kind) {
        self.device = device
        self.kind = kind
    }

    public var isTruth: Bool {
        switch kind {
        case .amount, .bitCount: false
        case .equals, .bit, .answers: true
        }
    }
}
