/// One point of a device: where it stands in the Modbus tables, how it is encoded, and what it means.
///
/// Plain old data without names, so that a table of them can live in the flash of an MCU. Names, texts and comments
/// belong to `DeviceSpecification`, one floor up.
@frozen
public struct PointDefinition: Sendable {
    /// Zero-based Modbus address of the first word (or bit).
    public var address: UInt16
    /// 1 for a bit; otherwise words, 1...125.
    public var wordCount: UInt8
    public var table: RegisterTable
    public var encoding: PointEncoding
    public var wordOrder: WordOrder
    public var access: PointAccess
    /// From the raw value, which of a float counts steps of 2^-24.
    public var scale: FixedPointScale
    /// The raw values that a write may carry, inclusive; never wider than the encoding can hold.
    public var lowestRaw: Int64
    public var highestRaw: Int64
    /// What a point without a signal holds at start, and what a signal is set to at start where the firmware
    /// takes settings from its map. Raw.
    public var initialRaw: Int64
    /// For `.text`: where the text's bytes start in the map's text area. Otherwise 0.
    public var textOffset: UInt16
    /// The signal of the device class to which the point is bound, or `.none`: then the point is plain storage.
    public var signal: SignalIdentifier
    /// Where the point's words start in the storage of a map, for points that have storage: set by
    /// `RegisterMap.assignStorage`.
    public var storageOffset: UInt16

    public init(
        address: UInt16, wordCount: UInt8, table: RegisterTable, encoding: PointEncoding,
        wordOrder: WordOrder = .highWordFirst, access: PointAccess = .readOnly, scale: FixedPointScale = .one,
        lowestRaw: Int64, highestRaw: Int64, initialRaw: Int64 = 0, textOffset: UInt16 = 0,
        signal: SignalIdentifier = .none, storageOffset: UInt16 = 0
    ) {
        self.address = address
        self.wordCount = wordCount
        self.table = table
        self.encoding = encoding
        self.wordOrder = wordOrder
        self.access = access
        self.scale = scale
        self.lowestRaw = lowestRaw
        self.highestRaw = highestRaw
        self.initialRaw = initialRaw
        self.textOffset = textOffset
        self.signal = signal
        self.storageOffset = storageOffset
    }
}
