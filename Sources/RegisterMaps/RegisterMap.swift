/// A device's points, ready to be read and written by address.
///
/// A view on tables that somebody else owns and that neither move nor change nor go away while the map is in use: flash
/// on an MCU, memory allocated once per device type on a host. The points are sorted by table, then address, and no two
/// overlap; specs that break this are refused when they are loaded. One map serves any number of devices of its type;
/// what a device remembers for itself is a block of `storageWordCount` words per device.
@frozen
public struct RegisterMap: @unchecked Sendable {
    // Unchecked: the memory is immutable for as long as the map exists, by the contract above.

    public let points: UnsafeBufferPointer<PointDefinition>
    /// The texts of the text points. A text ends with NUL, with its point, or with the area, whichever comes first.
    public let text: UnsafeBufferPointer<UInt8>
    /// Words that a device of this type keeps for points that have no signal and can be written.
    public let storageWordCount: Int

    /// `points` must have gone through `assignStorage`, here or where the table was generated.
    public init(points: UnsafeBufferPointer<PointDefinition>, text: UnsafeBufferPointer<UInt8>) {
        self.points = points
        self.text = text
        var words = 0
        for point in points where point.storageWordCount > 0 {
            words = max(words, Int(point.storageOffset) + point.storageWordCount)
        }
        storageWordCount = words
    }

    /// Gives each point that needs storage its place, one behind the other, and returns the words needed.
    @discardableResult
    public static func assignStorage(to points: UnsafeMutableBufferPointer<PointDefinition>) -> Int {
        var words = 0
        for index in points.indices {
            points[index].storageOffset = UInt16(truncatingIfNeeded: words)
            words += points[index].storageWordCount
        }
        return words
    }

    /// Puts initial values and texts into a device's words, of which there must be `storageWordCount`.
    public func initialise(_ stored: UnsafeMutableBufferPointer<UInt16>) {
        precondition(stored.count >= storageWordCount, "the storage is smaller than the map needs")
        for point in points {
            for index in 0..<point.storageWordCount {
                stored[Int(point.storageOffset) + index] = initialWord(index, of: point)
            }
        }
    }

    /// The first point bound to a signal. Looks through all points: ask once, not per transaction.
    public func index(of signal: SignalIdentifier) -> Int? {
        points.firstIndex { $0.signal == signal && $0.isBound }
    }

    /// The point that covers an address.
    @inlinable public func index(covering address: UInt16, in table: RegisterTable) -> Int? {
        let key = Self.key(table, address)
        var low = 0
        var high = points.count
        while low < high {
            let middle = (low &+ high) >> 1
            if Self.key(points[middle].table, points[middle].address) <= key {
                low = middle &+ 1
            } else {
                high = middle
            }
        }
        guard low > 0 else { return nil }
        let point = points[low &- 1]
        guard point.table == table, Int(address) < Int(point.address) + Int(point.wordCount) else { return nil }
        return low &- 1
    }

    /// The order of the table of points.
    @inlinable static func key(_ table: RegisterTable, _ address: UInt16) -> UInt32 {
        UInt32(table.rawValue) << 16 | UInt32(address)
    }

    /// A word of a point as it is at start.
    @usableFromInline func initialWord(_ index: Int, of point: PointDefinition) -> UInt16 {
        guard point.encoding == .text else { return point.word(index, ofRaw: point.initialRaw) }
        // A NUL anywhere before ends the text.
        var word: UInt16 = 0
        for place in 0...(2 * index + 1) {
            let position = Int(point.textOffset) + place
            guard position < text.count, text[position] != 0 else {
                return place == 2 * index + 1 ? word << 8 : 0
            }
            word = word << 8 | UInt16(text[position])
        }
        return word
    }
}
