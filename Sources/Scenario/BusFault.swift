public import Units

/// Trouble on a line or in a device's answers.
public struct BusFault: Sendable {
    /// What becomes of an answer. The request itself is carried out, but for `exception`.
    public enum Kind: Hashable, Sendable {
        /// Nothing comes.
        case noReply
        /// It begins so much later.
        case delay(Interval)
        /// So much silence stands between its octets.
        case byteTrickle(Interval)
        /// The device refuses with this code, 1...127, and does nothing.
        case exception(UInt8)
        /// It carries the identifier of the transaction before; on connections only.
        case wrongTransaction
        /// It comes from the next unit.
        case wrongUnit
        /// It answers another function.
        case wrongFunction
        /// It breaks off after so many octets of the ADU; `nil` = in its middle.
        case truncation(octets: Int?)
        /// So many octets of rubbish follow it at once.
        case extraBytes(Int)
        /// One bit of its CRC is wrong; on serial lines only.
        case badCRC
        /// So many registers less than were asked for, with a byte count that says so; other answers stay as they are.
        case fewerRegisters(Int)
        /// The connection is closed instead; on a serial line, nothing comes.
        case disconnect
    }

    public var bus: Int
    /// Empty = every unit of the bus.
    public var units: [ClosedRange<UInt8>]
    /// Empty = every function.
    public var functions: [ClosedRange<UInt8>]
    /// Hit is what touches one of these registers or bits; empty = every request, those without an address included.
    public var addresses: [ClosedRange<UInt16>]
    public var kind: Kind
    /// How likely each transaction is hit.
    public var chance: PerMille
    /// Ends after so many hits; `nil` = with the event.
    public var count: Int?

    public init(
        bus: Int, units: [ClosedRange<UInt8>] = [], functions: [ClosedRange<UInt8>] = [],
        addresses: [ClosedRange<UInt16>] = [], kind: Kind, chance: PerMille = .whole, count: Int? = nil
    ) {
        self.bus = bus
        self.units = units
        self.functions = functions
        self.addresses = addresses
        self.kind = kind
        self.chance = chance
        self.count = count
    }
}
