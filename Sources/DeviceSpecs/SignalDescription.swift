public import RegisterMaps

/// What a spec may say about one signal of a device class.
public struct SignalDescription: Hashable, Sendable {
    /// As a spec writes it, without a member's number: `fan-speed`.
    public var name: String
    public var unit: SignalUnit
    /// 1 for a single signal, otherwise the greatest number of members.
    public var memberLimit: Int
    public var isWritable: Bool
    /// Of the signal, or of the family's first member.
    public var identifier: SignalIdentifier
    /// The bits of a signal that is a set of flags, by number; empty for all others.
    public var flags: [KnownFlag]

    init<Signal: FlaggedSignal>(_ signal: Signal) {
        name = signal.name.description
        unit = signal.unit
        memberLimit = Int(signal.memberLimit)
        isWritable = signal.isWritable
        identifier = signal.identifier
        flags = signal.knownFlags.sorted { $0.bit < $1.bit }
    }

    /// The identifier of a member counted from 1, as specs count.
    public func identifier(ofMember number: Int) -> SignalIdentifier? {
        guard (1...memberLimit).contains(number) else { return nil }
        return SignalIdentifier(rawValue: identifier.rawValue + UInt16(number - 1))
    }
}
