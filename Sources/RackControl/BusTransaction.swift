public import ModbusWire
public import RegisterMaps
public import Units

/// One request of the controller, to be carried out by whoever owns the bus, and answered through
/// `RackController.complete`.
public struct BusTransaction: Sendable {
    /// Index in `ControllerInventory.buses`.
    public var bus: Int
    /// Index in `ControllerInventory.devices`.
    public var device: Int
    public var unit: UInt8
    public var request: BusRequest
    /// From the end of the request: after it the reply counts as `timeout`.
    public var timeout: Interval
    /// Why the controller asks; it finds its way back by it.
    public var purpose: TransactionPurpose
    /// When the controller handed the request out. A reading in the reply is no younger than this.
    public var issuedAt: Instant

    /// For who asks a device without a controller; `RackController.nextTransaction` makes a controller's.
    public init(
        bus: Int, device: Int, unit: UInt8, request: BusRequest, timeout: Interval, purpose: TransactionPurpose,
        issuedAt: Instant
    ) {
        self.bus = bus
        self.device = device
        self.unit = unit
        self.request = request
        self.timeout = timeout
        self.purpose = purpose
        self.issuedAt = issuedAt
    }
}

public enum BusRequest: Sendable {
    /// `table` is `.inputRegisters` (function 4) or `.holdingRegisters` (function 3); `count` is 1...125.
    case readRegisters(table: RegisterTable, address: UInt16, count: UInt16)
    /// Function 6 or 16, as the bus prefers for one word; 16 for more.
    case writeRegisters(address: UInt16, words: RegisterWords)
    /// Function 5.
    case writeCoil(address: UInt16, isOn: Bool)
    /// Function 43/14, individual access, one object.
    case readIdentification(object: UInt8)
}

/// What came of a request. Register words and texts travel beside it, in a block that the caller keeps.
public enum BusReply: Sendable {
    /// The block holds as many words as were asked for.
    case registers
    /// The block holds the object's octets, two per word, high octet first, the last one padded with zero.
    case text
    case written
    case exception(ExceptionCode)
    case timeout
    /// Bad CRC, impossible length.
    case badFrame
    /// A well-formed answer to something else: another unit, function, address or count.
    case mismatch
}

/// The words of one point, at most 64 bits.
public struct RegisterWords: Hashable, Sendable {
    /// 1...4.
    public var count: Int
    /// The words from the most significant 16 bits down: word 0 of the request is the topmost of `count`.
    var packed: UInt64

    init(count: Int, packed: UInt64) {
        self.count = count
        self.packed = packed
    }

    /// 1...4 words in the order of the wire.
    public init(_ words: [UInt16]) {
        precondition((1...4).contains(words.count), "a point has 1 to 4 words")
        self.init(count: words.count, packed: words.reduce(0) { $0 << 16 | UInt64($1) })
    }

    /// The word at `index`, in the order of the wire.
    public subscript(index: Int) -> UInt16 {
        precondition(index >= 0 && index < count, "word index beyond the point")
        return UInt16(truncatingIfNeeded: packed >> (16 * UInt64(count - 1 - index)))
    }
}

/// Why a transaction was issued.
public enum TransactionPurpose: Hashable, Sendable {
    case identify
    /// What a stranger calls itself, for people.
    case introduce
    /// Reading of a poll span, by its index: before the device is online, and then by schedule.
    case survey(span: Int)
    case poll(span: Int)
    /// A setting of the device's arming, by its step.
    case arm(step: Int)
    /// A tray's cap.
    case cap(Power)
    /// The cap that takes over when the controller falls silent.
    case defaultCap(Power)
    /// A tray monitor's own limit: refreshed to feed its comms watchdog.
    case guardLimit
    case duty(PerMille)
    /// A tray's main power, through its BMC.
    case mainPower(Bool)
    /// Which trays are shut off from the coolant; bit n for tray n+1.
    case branches(UInt32)
    /// A set point of a backup unit, by its index, in the signal's base unit.
    case backup(setPoint: Int, value: Int64)
}
