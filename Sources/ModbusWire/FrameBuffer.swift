/// One ADU under construction or just received, in place, without a heap allocation.
///
/// Made to be kept and refilled: pass it `inout` and do not copy it per transaction.
@frozen
public struct FrameBuffer: Sendable {
    /// The largest ADU: 260 octets on TCP (MBAP 7 + PDU 253), 256 on a serial line.
    public static var capacity: Int { 260 }

    @usableFromInline var octets: InlineArray<260, UInt8>
    /// 0...capacity, whatever the calls: with that, and its own check of what is asked for, a method indexes unchecked.
    @usableFromInline var storedCount: Int

    @inlinable public init() {
        octets = InlineArray(repeating: 0)
        storedCount = 0
    }

    @inlinable public var count: Int { storedCount }
    @inlinable public var isEmpty: Bool { storedCount == 0 }
    /// Octets that can still be appended.
    @inlinable public var freeCount: Int { Self.capacity - storedCount }

    /// The octets appended so far.
    @inlinable public var span: Span<UInt8> {
        @_lifetime(borrow self) get { octets.span.extracting(first: storedCount) }
    }

    /// The octets from `offset` on; `offset` must not be beyond `count`.
    @inlinable @_lifetime(borrow self)
    public func span(from offset: Int) -> Span<UInt8> {
        octets.span.extracting(offset..<storedCount)
    }

    /// The octet at `index`; `index` must be below `count`.
    @inlinable public subscript(index: Int) -> UInt8 {
        get {
            precondition(index >= 0 && index < storedCount, "octet index beyond the frame")
            return octets[index]
        }
        set {
            precondition(index >= 0 && index < storedCount, "octet index beyond the frame")
            octets[index] = newValue
        }
    }

    /// Takes one more octet; the buffer must have room, which every ADU within the specification's limits has.
    @inlinable public mutating func append(_ octet: UInt8) {
        precondition(storedCount < Self.capacity, "an ADU has at most 260 octets")
        octets[unchecked: storedCount] = octet
        storedCount &+= 1
    }

    /// Takes a word, high octet first, the order of all Modbus fields but the CRC.
    @inlinable public mutating func append(_ word: UInt16) {
        precondition(storedCount < Self.capacity - 1, "an ADU has at most 260 octets")
        octets[unchecked: storedCount] = UInt8(truncatingIfNeeded: word >> 8)
        octets[unchecked: storedCount &+ 1] = UInt8(truncatingIfNeeded: word)
        storedCount &+= 2
    }

    /// Takes a copy of `contents`, which must fit.
    @inlinable public mutating func append(contentsOf contents: Span<UInt8>) {
        precondition(contents.count <= freeCount, "an ADU has at most 260 octets")
        for index in contents.indices { octets[unchecked: storedCount &+ index] = contents[unchecked: index] }
        storedCount &+= contents.count
    }

    @inlinable public mutating func removeAll() { storedCount = 0 }

    /// Forgets what was appended after `count` octets.
    @inlinable public mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= storedCount, "cannot truncate to more than there is")
        storedCount = count
    }

    /// Drops the first `count` octets and moves the rest down; for receivers that hunt for a frame's start.
    @inlinable public mutating func removeFirst(_ count: Int) {
        precondition(count >= 0 && count <= storedCount, "cannot drop more than there is")
        for index in count..<storedCount { octets[index - count] = octets[index] }
        storedCount -= count
    }

    /// Lends the octets to code that speaks pointers, such as a system call.
    @inlinable public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let contents = span
        return try contents.withUnsafeBytes(body)
    }
}
