import RegisterMaps
import Units

/// A firmware of the tests: signals by number, and refusals to order.
struct FixtureFirmware: SignalSource, SignalSink {
    var values: [SignalIdentifier: Int64] = [:]
    var refusals: [SignalIdentifier: SignalWriteVerdict] = [:]
    var writes: [SignalIdentifier] = []

    func value(of signal: SignalIdentifier) -> Int64 { values[signal] ?? 0 }
    func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        refusals[signal] ?? .accepted
    }
    mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        values[signal] = value
        writes.append(signal)
    }
}

/// Owns the memory that a map looks at, for one test.
final class MapFixture {
    let map: RegisterMap
    let stored: UnsafeMutableBufferPointer<UInt16>
    var firmware = FixtureFirmware()
    private let points: UnsafeMutableBufferPointer<PointDefinition>
    private let text: UnsafeMutableBufferPointer<UInt8>

    init(_ definitions: [PointDefinition], text texts: String = "") {
        points = .allocate(capacity: definitions.count)
        _ = points.initialize(from: definitions)
        text = .allocate(capacity: texts.utf8.count)
        _ = text.initialize(from: texts.utf8)
        let words = RegisterMap.assignStorage(to: points)
        map = RegisterMap(points: UnsafeBufferPointer(points), text: UnsafeBufferPointer(text))
        stored = .allocate(capacity: words)
        stored.initialize(repeating: 0xDEAD)
        map.initialise(stored)
    }

    deinit {
        points.deallocate()
        text.deallocate()
        stored.deallocate()
    }

    /// The words read, or `nil` for an illegal data address.
    func read(_ address: UInt16, _ count: Int, in table: RegisterTable = .holdingRegisters) -> [UInt16]? {
        var words: [UInt16] = []
        do throws(RegisterAccessError) {
            try map.read(
                table, address: address, count: count, signals: firmware, stored: UnsafeBufferPointer(stored)
            ) { words.append($0) }
            return words
        } catch {
            return nil
        }
    }

    /// The refusal, or `nil`.
    func write(
        _ address: UInt16, _ words: [UInt16], in table: RegisterTable = .holdingRegisters
    ) -> RegisterAccessError? {
        do throws(RegisterAccessError) {
            try map.write(
                table, address: address, count: words.count, word: { words[$0] }, to: &firmware, stored: stored,
                at: .start)
            return nil
        } catch {
            return error
        }
    }
}

extension SignalIdentifier {
    static let voltage = SignalIdentifier(rawValue: 1)
    static let power = SignalIdentifier(rawValue: 2)
    static let limit = SignalIdentifier(rawValue: 3)
    static let temperature = SignalIdentifier(rawValue: 4)
    static let energy = SignalIdentifier(rawValue: 5)
}

extension PointDefinition {
    /// A holding register with the whole range of its words.
    static func register(
        _ address: UInt16, words: UInt8 = 1, _ encoding: PointEncoding = .unsigned,
        order: WordOrder = .highWordFirst, access: PointAccess = .readOnly, scale: FixedPointScale = .one,
        range: ClosedRange<Int64>? = nil, initial: Int64 = 0, text: UInt16 = 0, signal: SignalIdentifier = .none
    ) -> PointDefinition {
        var point = PointDefinition(
            address: address, wordCount: words, table: .holdingRegisters, encoding: encoding, wordOrder: order,
            access: access, scale: scale, lowestRaw: 0, highestRaw: 0, initialRaw: initial, textOffset: text,
            signal: signal)
        let range = range ?? point.holdableRaw
        point.lowestRaw = range.lowerBound
        point.highestRaw = range.upperBound
        return point
    }
}
