/// One sub-request of functions 20 and 21: which record of which file.
@frozen
public struct FileRecordRequest: Hashable, Sendable {
    /// Octets of a sub-request, less its data.
    @inlinable public static var length: Int { 7 }
    /// The only reference type of the specification.
    @inlinable public static var fileReference: UInt8 { 6 }

    public var referenceType: UInt8
    /// 1...0xFFFF.
    public var file: UInt16
    /// 0...9999.
    public var record: UInt16
    /// Words.
    public var wordCount: UInt16

    @inlinable public init(referenceType: UInt8 = 6, file: UInt16, record: UInt16, wordCount: UInt16) {
        self.referenceType = referenceType
        self.file = file
        self.record = record
        self.wordCount = wordCount
    }

    /// The sub-request at `offset` octets into a payload; `nil` when it does not fit.
    public init?(at offset: Int, in payload: PayloadRange, of view: Span<UInt8>) {
        let start = Int(payload.offset) + offset
        guard offset >= 0, offset + Self.length <= Int(payload.count), start + Self.length <= view.count else {
            return nil
        }
        referenceType = view[start]
        file = PDUReader.word(start + 1, of: view)
        record = PDUReader.word(start + 3, of: view)
        wordCount = PDUReader.word(start + 5, of: view)
    }

    public func append(to frame: inout FrameBuffer) {
        frame.append(referenceType)
        frame.append(file)
        frame.append(record)
        frame.append(wordCount)
    }
}

/// Walks the records of a function 21 request, each followed by its data.
@frozen
public struct FileRecordWalker: Sendable {
    var payload: PayloadRange
    /// Octets walked so far.
    public private(set) var consumed: Int

    public init(_ payload: PayloadRange) {
        self.payload = payload
        consumed = 0
    }

    public var isAtEnd: Bool { consumed == Int(payload.count) }

    /// The next record and where its words stand; `nil` at the end, and where a record does not fit.
    public mutating func next(in view: Span<UInt8>) -> (request: FileRecordRequest, words: PayloadRange)? {
        guard let request = FileRecordRequest(at: consumed, in: payload, of: view) else { return nil }
        let start = consumed + FileRecordRequest.length
        let length = 2 * Int(request.wordCount)
        guard start + length <= Int(payload.count) else { return nil }
        consumed = start + length
        return (request, PayloadRange(offset: Int(payload.offset) + start, count: length))
    }
}
