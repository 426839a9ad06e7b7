public import RegisterMaps

/// A number or a truth that a run records of every device of a class, as the device itself tells it.
public struct RecordedSignal: Hashable, Sendable {
    public enum Form: Hashable, Sendable {
        /// A number; so many units of the signal are one of the recorded ones.
        case amount(perUnit: Int64)
        /// True while the signal has this value.
        case equals(Int64)
        /// True while this bit of the signal is set, counted from 0.
        case bit(UInt8)
        /// Of a member, true while the bit of its own number is set.
        case ownBit
        /// How many bits of the signal are set.
        case bitCount
    }

    /// Of which devices of the class it is recorded.
    public enum Where: Hashable, Sendable {
        case anywhere
        /// Only of those that stand in the rack itself, at a power shelf, at a backup shelf.
        case rack
        case shelf
        case backupShelf
    }

    /// What follows the device's path: `.voltage`, `/breaker.closed`, and with `{n}` for a member's number `/outlet-{n}.power`.
    public var suffix: String
    /// Empty for a truth or a count.
    public var unit: String
    /// Of the signal, or of the family's first member.
    public var signal: SignalIdentifier
    public var form: Form
    public var place: Where

    /// Whether it is recorded of every member, rather than of the device as a whole.
    public var isOfMember: Bool { suffix.contains("{n}") }

    /// The same, of some devices of the class only.
    func only(_ place: Where) -> RecordedSignal {
        var copy = self
        copy.place = place
        return copy
    }
}

/// What a run records of a class: for who declares the class, so that nobody else has to know its signals.
///
/// Without a default: a new class says what it records, and an empty list is a word as well. With a list, whether the device
/// answers is recorded too.
public protocol RecordedSignals: FlaggedSignal {
    /// The device as a whole first, then its members.
    static var recorded: [RecordedSignal] { get }
}

extension RecordedSignals {
    /// An amount in the unit that the signal itself has.
    static func amount(_ suffix: String, _ signal: Self) -> RecordedSignal {
        let (unit, perUnit) = signal.unit.inTelemetry
        return amount(suffix, signal, unit, perUnit: perUnit)
    }

    /// An amount of a signal that is a count to its class.
    static func amount(_ suffix: String, _ signal: Self, _ unit: String, perUnit: Int64) -> RecordedSignal {
        made(suffix, signal, .amount(perUnit: perUnit), unit)
    }

    static func truth(_ suffix: String, _ signal: Self, is value: Int64 = 1) -> RecordedSignal {
        made(suffix, signal, .equals(value))
    }

    /// A flag by its name, of which the recorded one differs at times.
    static func flag(_ suffix: String, _ name: String, of signal: Self) -> RecordedSignal {
        guard let flag = signal.knownFlags.first(where: { $0.names.contains(name) }) else {
            preconditionFailure("\(signal.name) has no flag \(name)")
        }
        return made(suffix, signal, .bit(UInt8(flag.bit)))
    }

    static func flag(_ name: String, of signal: Self) -> RecordedSignal { flag(".\(name)", name, of: signal) }

    /// Of how many members a bit is set.
    static func count(_ suffix: String, of signal: Self) -> RecordedSignal { made(suffix, signal, .bitCount) }

    /// A member's own bit.
    static func member(_ suffix: String, in signal: Self) -> RecordedSignal { made(suffix, signal, .ownBit) }

    private static func made(
        _ suffix: String, _ signal: Self, _ form: RecordedSignal.Form, _ unit: String = ""
    ) -> RecordedSignal {
        RecordedSignal(suffix: suffix, unit: unit, signal: signal.identifier, form: form, place: .anywhere)
    }
}
