/// Words to value and value to words, the same for the device that serves a point and the client that reads it.
extension PointDefinition {
    /// The addresses that the point takes in its table.
    @inlinable public var addresses: Range<Int> { Int(address)..<(Int(address) + Int(wordCount)) }

    /// Whether a firmware stands behind the point. Text never has a signal.
    @inlinable public var isBound: Bool { signal != .none && encoding != .text }

    /// Whether the point is one word of storage that may be read.
    @inlinable var isStoredWord: Bool { wordCount == 1 && signal == .none && access == .readWrite }

    /// Words of storage that the point needs: only what can be written and has no signal changes by itself.
    @inlinable public var storageWordCount: Int { !isBound && access != .readOnly ? Int(wordCount) : 0 }

    /// The raw value of the point's words, of which `word` yields each by its place in the point.
    ///
    /// Numbers and flags of more than four words keep their low 64 bits; an unsigned value beyond `Int64.max` is taken
    /// as `Int64.max`. Text has no raw value and yields 0. Of a float that is no number only `areNumber` tells.
    @inlinable public func raw(fromWords word: (Int) -> UInt16) -> Int64 {
        let count = Int(wordCount)
        switch encoding {
        case .bit: return word(0) == 0 ? 0 : 1
        case .text: return 0
        case .unsigned, .flags:
            if count == 1 { return Int64(word(0)) }
            var value: UInt64 = 0
            for place in 0..<count { value = value << 16 | UInt64(word(position(ofPlace: place))) }
            guard encoding == .unsigned else { return Int64(bitPattern: value) }
            return value > UInt64(Int64.max) ? .max : Int64(value)
        case .signed:
            if count == 1 { return Int64(Int16(bitPattern: word(0))) }
            var value = Int64(Int16(bitPattern: word(position(ofPlace: 0))))
            for place in 1..<count { value = value << 16 | Int64(word(position(ofPlace: place))) }
            return value
        case .float: return SinglePrecision.raw(fromBits: floatBits(word))
        }
    }

    /// Whether the words are a value at all: a float may be infinite or none. Such words are no reading, and are not taken
    /// when they are written.
    @inlinable public func areNumber(_ word: (Int) -> UInt16) -> Bool {
        encoding != .float || SinglePrecision.isFinite(floatBits(word))
    }

    @inlinable func floatBits(_ word: (Int) -> UInt16) -> UInt32 {
        UInt32(word(position(ofPlace: 0))) << 16 | UInt32(word(position(ofPlace: 1)))
    }

    /// The raw value nearest to one that the words can show; of a float's many digits they hold 24.
    @inlinable public func shownRaw(_ raw: Int64) -> Int64 {
        encoding == .float ? SinglePrecision.raw(fromBits: SinglePrecision.bits(fromRaw: raw)) : raw
    }

    /// The word at `index` of the point for a raw value that the point can hold.
    @inlinable public func word(_ index: Int, ofRaw raw: Int64) -> UInt16 {
        if wordCount == 1 { return UInt16(truncatingIfNeeded: raw) }
        let significance = wordOrder == .highWordFirst ? Int(wordCount) - 1 - index : index
        if encoding == .float {
            return UInt16(truncatingIfNeeded: SinglePrecision.bits(fromRaw: raw) >> UInt32(16 * significance))
        }
        // A point wider than the raw value repeats its sign.
        guard significance < 4 else { return encoding == .signed && raw < 0 ? 0xFFFF : 0 }
        return UInt16(truncatingIfNeeded: raw >> Int64(16 * significance))
    }

    /// Where the word of a significance stands; place 0 is the most significant.
    @inlinable func position(ofPlace place: Int) -> Int {
        wordOrder == .highWordFirst ? place : Int(wordCount) - 1 - place
    }

    /// The raw values that the words can hold.
    @inlinable public var holdableRaw: ClosedRange<Int64> {
        switch encoding {
        case .bit: return 0...1
        case .text: return 0...0
        case .flags where wordCount >= 4: return .min ... .max
        case .float: return .min ... .max
        case .unsigned, .flags: return wordCount >= 4 ? 0 ... .max : 0...(1 << (16 * Int64(wordCount)) - 1)
        case .signed:
            guard wordCount < 4 else { return .min ... .max }
            let limit: Int64 = 1 << (16 * Int64(wordCount) - 1)
            return -limit...(limit - 1)
        }
    }

    /// The raw value nearest to a signal among those that the words can hold.
    @inlinable public func saturatedRaw(fromSignal value: Int64) -> Int64 {
        let raw = scale.raw(fromSignal: value)
        switch encoding {
        case .flags, .float: return raw
        case .bit: return raw == 0 ? 0 : 1
        case .unsigned where wordCount == 1: return min(max(raw, 0), 0xFFFF)
        default:
            let range = holdableRaw
            return min(max(raw, range.lowerBound), range.upperBound)
        }
    }

    /// The signal that a client has read, in its base unit.
    @inlinable public func signalValue(fromWords word: (Int) -> UInt16) -> Int64 {
        scale.signal(fromRaw: raw(fromWords: word))
    }

    /// The raw value with which a client writes a signal: the nearest that the point may take, or `nil` when the
    /// signal lies outside `lowestRaw...highestRaw`, or the point cannot be written.
    @inlinable public func rawForWriting(signalValue value: Int64) -> Int64? {
        let raw = shownRaw(scale.raw(fromSignal: value))
        guard access != .readOnly, encoding != .text, raw >= lowestRaw, raw <= highestRaw else { return nil }
        return raw
    }
}
