internal import DeviceSpecs
internal import RegisterMaps
internal import Units
internal import YAMLReading

/// Gathers the points of a foreign map, keeps names and addresses apart, and notes every loss.
struct ImportDraft {
    private(set) var points: [SpecifiedPoint] = []
    private(set) var notes: [String] = []
    /// Names of points whose source swaps the octets of each word.
    private(set) var swapped: [String] = []
    private var names: Set<String> = []

    /// A number as foreign maps describe it: `raw / 2^precision * scale + shift`.
    struct Number {
        var isSigned = false
        /// An IEEE 754 single in two words.
        var isFloat = false
        var precision = 0
        var scale = ExactQuantity(numerator: 1, denominator: 1)
        var shift = ExactQuantity(numerator: 0, denominator: 1)
        var unit = ""
        var wordOrder = WordOrder.highWordFirst
    }

    mutating func note(_ text: String) {
        if !notes.contains(text) { notes.append(text) }
    }

    mutating func noteSwappedOctets(of foreign: String) { swapped.append(foreign) }

    /// All notes, with those that concern many points put together.
    var finalNotes: [String] {
        guard !swapped.isEmpty else { return notes }
        let list = swapped.map { "\"\($0)\"" }.joined(separator: ", ")
        return notes + [
            "the octets of each word are swapped (endian L) in \(list); the form cannot say so, and the raw value is not "
                + "the reading"
        ]
    }

    mutating func addText(_ foreign: String, at address: Int, words: Int, says: String) {
        guard isInside(address, words: words, foreign) else { return }
        guard (1...125).contains(words) else {
            return note("\"\(foreign)\" is left out: a text of \(words) words does not fit one Modbus read")
        }
        add(foreign, definition(at: address, words: words, encoding: .text), says: says)
    }

    mutating func addFlags(
        _ foreign: String, at address: Int, words: Int, bits: [(bit: Int, name: String)], says: String
    ) {
        guard isInside(address, words: words, foreign) else { return }
        guard (1...4).contains(words) else {
            return note("\"\(foreign)\" is left out: flags of \(words) words exceed 64 bits")
        }
        var named: [(bit: Int, name: String)] = []
        var taken: Set<String> = []
        for flag in bits {
            if let other = named.first(where: { $0.bit == flag.bit }) {
                note(
                    "\"\(foreign)\": the source names bit \(flag.bit) twice; \"\(flag.name)\" is left out beside \"\(other.name)\""
                )
            } else if !(0..<words * 16).contains(flag.bit) {
                note("\"\(foreign)\": \"\(flag.name)\" is left out: bit \(flag.bit) is beyond its \(words * 16) bits")
            } else {
                named.append((flag.bit, SpecName.unique(SpecName.adapted(flag.name), among: &taken)))
            }
        }
        guard !named.isEmpty else {
            note("\"\(foreign)\" has no usable flag names and is kept as a number")
            return addNumber(foreign, at: address, words: words, Number(), says: says)
        }
        add(
            foreign, definition(at: address, words: words, encoding: .flags), bits: named.sorted { $0.bit < $1.bit },
            says: says)
    }

    mutating func addNumber(_ foreign: String, at address: Int, words: Int, _ number: Number, says: String) {
        guard isInside(address, words: words, foreign) else { return }
        guard words <= 125 else {
            return note("\"\(foreign)\" is left out: a number of \(words) words does not fit one Modbus read")
        }
        let isHeld = number.isFloat ? words == 2 : [1, 2, 4].contains(words) && !(words == 4 && number.isSigned)
        guard isHeld else {
            note("\"\(foreign)\" is kept as \(words) plain words: the form has no number of this width and sign")
            for word in 0..<words {
                addNumber("\(foreign) word \(word + 1)", at: address + word, words: 1, Number(), says: says)
            }
            return
        }
        let encoding: PointEncoding = number.isFloat ? .float : number.isSigned ? .signed : .unsigned
        var point = definition(at: address, words: words, encoding: encoding)
        point.wordOrder = words > 1 ? number.wordOrder : .highWordFirst
        var unit = number.unit
        if let scale = scale(of: number, unit: &unit, foreign: foreign) { point.scale = scale } else { unit = "" }
        if number.isFloat { point.scale = point.scale.ofFloatSteps() }
        let bounds = ScaleReader.withoutOverflow(PointKind.bounds(of: encoding, words: words), scale: point.scale)
        (point.lowestRaw, point.highestRaw) = (bounds.lowerBound, bounds.upperBound)
        add(foreign, point, unit: unit, says: says)
    }

    /// Marks the point at an address as one that a monitor writes. Where none stands, adds plain storage.
    mutating func makeWritable(_ address: Int, words: Int, ifMissing foreign: String, says: String) {
        if let index = points.firstIndex(where: { Int($0.definition.address) == address }) {
            guard points[index].definition.encoding != .text else { return }
            points[index].definition.access = .readWrite
        } else {
            addNumber(foreign, at: address, words: words, Number(), says: says)
            if let last = points.indices.last, Int(points[last].definition.address) == address {
                points[last].definition.access = .readWrite
            }
        }
    }

    mutating func setDefault(_ raw: Int64, at address: Int) {
        guard let index = points.firstIndex(where: { Int($0.definition.address) == address }),
            (points[index].definition.lowestRaw...points[index].definition.highestRaw).contains(raw)
        else { return note("the value \(raw) for register \(address) is left out: no point there can hold it") }
        points[index].definition.initialRaw = raw
    }

    mutating func setText(_ text: String, at address: Int) -> String? {
        guard let index = points.firstIndex(where: { Int($0.definition.address) == address }),
            points[index].definition.encoding == .text, points[index].definition.fits(text: text)
        else { return nil }
        points[index].text = text
        return points[index].name
    }

    mutating func setText(_ text: String, ofPoint index: Int) { points[index].text = text }

    // MARK: Parts

    private mutating func add(
        _ foreign: String, _ definition: PointDefinition, unit: String = "", bits: [(bit: Int, name: String)] = [],
        says: String
    ) {
        let (first, last) = (Int(definition.address), Int(definition.address) + Int(definition.wordCount) - 1)
        let other = points.first {
            let start = Int($0.definition.address)
            return start <= last && first < start + Int($0.definition.wordCount)
        }
        if let other {
            return note("\"\(foreign)\" at \(RegisterAddress.text(first)) is left out: it overlaps \"\(other.name)\"")
        }
        let adapted = SpecName.adapted(foreign)
        let name = SpecName.unique(adapted, among: &names)
        if name != adapted {
            note(
                "\"\(foreign)\" at \(RegisterAddress.text(first)) is named \"\(name)\": the name stands twice in the source"
            )
        }
        points.append(SpecifiedPoint(name: name, definition: definition, unit: unit, bits: bits, says: says))
    }

    private mutating func isInside(_ address: Int, words: Int, _ foreign: String) -> Bool {
        if address + words - 1 <= 65535 { return true }
        note("\"\(foreign)\" is left out: its registers run beyond 65535")
        return false
    }

    private func definition(at address: Int, words: Int, encoding: PointEncoding) -> PointDefinition {
        let bounds = PointKind.bounds(of: encoding, words: words)
        return PointDefinition(
            address: UInt16(address), wordCount: UInt8(words), table: .holdingRegisters, encoding: encoding,
            lowestRaw: bounds.lowerBound, highestRaw: bounds.upperBound)
    }

    /// The scale in base units, or `nil` after a note when it cannot be held exactly.
    private mutating func scale(of number: Number, unit: inout String, foreign: String) -> FixedPointScale? {
        let isKelvin = number.shift == ExactQuantity(numerator: -27315, denominator: 100)
        if unit.isEmpty, isKelvin {
            unit = "degC"
            note("\"\(foreign)\" is taken as a temperature: its shift of -273.15 turns kelvins into degrees Celsius")
        }
        let dimension = Dimension(unit: unit) ?? .count
        let specUnit = SpecUnit(plain: dimension)
        guard let literal = dimension.units.first(where: { $0.name == unit }), (0...32).contains(number.precision),
            let step = number.scale.multiplied(by: 1, over: Int64(1) << Int64(number.precision))?
                .multiplied(by: literal.numerator, over: literal.denominator).flatMap(specUnit.signalAmount),
            let shift = number.shift.multiplied(by: literal.numerator, over: literal.denominator)
                .flatMap(specUnit.signalAmount),
            step.numerator > 0, step.numerator <= ScaleReader.largest,
            step.denominator <= (number.isFloat ? ScaleReader.largest / 1000 : ScaleReader.largest)
        else {
            note("\"\(foreign)\" keeps its raw value: its scale cannot be held exactly")
            return nil
        }
        if shift.denominator != 1 { note("\"\(foreign)\": its shift is rounded to whole base units") }
        return FixedPointScale(
            numerator: step.numerator, denominator: step.denominator, offset: shift.wholeBaseUnits)
    }
}
