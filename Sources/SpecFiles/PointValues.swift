internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// The scale, limits, default and flag names of a point.
struct PointValues {
    var scale = FixedPointScale.one
    /// False where it was mistaken.
    var isScaleKnown = false
    var unit = ""
    var lowestRaw: Int64 = 0
    var highestRaw: Int64 = 0
    var initialRaw: Int64 = 0
    var bits: [(bit: Int, name: String)] = []
    var text = ""

    static func read(_ keys: PointKeys, shape: PointShape, signal: SignalDescription?, point: YAMLValue) -> PointValues
    {
        var values = PointValues()
        (values.lowestRaw, values.highestRaw) = (shape.bounds.lowerBound, shape.bounds.upperBound)
        refuseStrangers(keys, kind: shape.kind)
        switch shape.kind {
        case .bit:
            if let place = keys.initial, let isOn = place.bool() { values.initialRaw = isOn ? 1 : 0 }
        case .text:
            values.text = keys.initial.flatMap { text($0, words: shape.words) } ?? ""
        case .flags:
            values.bits = FlagNames.read(keys.bits, words: shape.words, signal: signal, point: point)
            values.initialRaw = keys.initial.flatMap { FlagNames.raw($0, bits: values.bits) } ?? 0
        case .u16, .s16, .u32, .s32, .u64, .f32:
            values.readNumber(keys, shape: shape, signal: signal, point: point)
        }
        return values
    }

    /// Keys that mean nothing for a type.
    private static func refuseStrangers(_ keys: PointKeys, kind: PointKind) {
        let numeric = [("scale", keys.scale), ("offset", keys.offset), ("range", keys.range)]
        for (key, place) in numeric where !kind.isNumber {
            place?.problem("expected no \"\(key)\" for a point of type \(kind.rawValue), found it")
        }
        if kind != .flags {
            keys.bits?.problem("expected no \"bits\" for a point of type \(kind.rawValue), found them")
        }
    }

    static func text(_ place: YAMLValue, words: Int) -> String? {
        guard let text = place.string() else { return nil }
        guard text.isPrintableASCII else {
            place.expected("printable ASCII characters")
            return nil
        }
        guard text.utf8.count <= words * 2 else {
            place.problem(
                "expected at most \(words * 2) characters, which \(words) words hold, found \(text.utf8.count) in "
                    + "\"\(text)\"; give the point more words or shorten the text")
            return nil
        }
        return text
    }

    // MARK: Numbers

    private mutating func readNumber(_ keys: PointKeys, shape: PointShape, signal: SignalDescription?, point: YAMLValue)
    {
        guard let unit = ScaleReader.unit(keys, signal: signal, point: point) else { return }
        guard let scale = ScaleReader.read(keys, unit: unit, shape: shape) else { return }
        self.scale = scale
        isScaleKnown = true
        self.unit = keys.scale.map { ExactQuantity.split($0.scalarText ?? "").unit } ?? ""
        var bounds = ScaleReader.withoutOverflow(shape.bounds, scale: scale)
        if let place = keys.range { bounds = readRange(place, unit: unit, within: bounds, shape: shape) ?? bounds }
        (lowestRaw, highestRaw) = (bounds.lowerBound, bounds.upperBound)
        readDefault(keys, unit: unit, bounds: bounds, shape: shape)
    }

    /// The raw limits, rounded inward, so that they are never wider than said.
    private func readRange(
        _ place: YAMLValue, unit: SpecUnit, within bounds: ClosedRange<Int64>, shape: PointShape
    ) -> ClosedRange<Int64>? {
        if shape.access == .readOnly {
            place.problem(
                "expected no \"range\" for a point that is read only, found it; say \"access: rw\" or leave it out")
        }
        let example = unit.dimension.example
        guard let ends = place.list("a list of the lowest and the highest value such as [\(example), \(example)]")
        else {
            return nil
        }
        guard ends.count == 2 else {
            place.problem("expected the lowest and the highest value, found \(ends.count) values")
            return nil
        }
        // Whoever writes the end as a float sends the float nearest to it, which must be inside.
        let isFloat = shape.kind == .f32
        let lowest = ends[0].quantity(unit.dimension).flatMap {
            raw($0, unit: unit, rounding: isFloat ? .nearest : .up)
        }
        .map(shape.shown)
        let highest = ends[1].quantity(unit.dimension)
            .flatMap { raw($0, unit: unit, rounding: isFloat ? .nearest : .down) }.map(shape.shown)
        guard let lowest, let highest else { return nil }
        var isInside = true
        for (end, value) in [(ends[0], lowest), (ends[1], highest)] where !bounds.contains(value) {
            end.expected("a value that type \(shape.kind.rawValue) can hold, \(span(bounds, unit: unit, shape: shape))")
            isInside = false
        }
        guard isInside else { return nil }
        guard lowest <= highest else {
            place.problem(
                "expected the lowest value before the highest, found [\(ends[0].scalarText ?? ""), \(ends[1].scalarText ?? "")]"
            )
            return nil
        }
        return lowest...highest
    }

    private mutating func readDefault(
        _ keys: PointKeys, unit: SpecUnit, bounds: ClosedRange<Int64>, shape: PointShape
    ) {
        guard let place = keys.initial else {
            guard !bounds.contains(0) else { return }
            if shape.access != .readOnly, let range = keys.range {
                range.problem(
                    "expected a \"default\" beside a range without zero, found none; add one inside the range")
            }
            initialRaw = bounds.lowerBound
            return
        }
        guard let exact = place.quantity(unit.dimension),
            let value = raw(exact, unit: unit, rounding: .nearest).map(shape.shown)
        else { return }
        guard bounds.contains(value) else {
            let what = keys.range == nil ? "that type \(shape.kind.rawValue) can hold" : "inside the range"
            place.expected("a default \(what), \(span(bounds, unit: unit, shape: shape))")
            return
        }
        initialRaw = value
    }

    private func raw(_ exact: ExactQuantity, unit: SpecUnit, rounding: FixedPointScale.Rounding) -> Int64? {
        unit.signalAmount(exact).flatMap { scale.raw($0, rounding: rounding) }
    }

    private func span(_ bounds: ClosedRange<Int64>, unit: SpecUnit, shape: PointShape) -> String {
        func text(_ raw: Int64) -> String {
            ValueText.text(raw, as: shape.kind.encoding, scale: scale, unit: unit, in: self.unit)
        }
        return "\(text(bounds.lowerBound)) to \(text(bounds.upperBound))"
    }
}

extension FixedPointScale {
    enum Rounding { case up, down, nearest }

    /// The raw value of an exact signal; one far outside of every encoding becomes the nearest end of `Int64`.
    func raw(_ exact: ExactQuantity, rounding: Rounding) -> Int64 {
        // Numerators and denominators are at most 2^63 and a scale's at most 10^12 (`ScaleReader.largest`).
        let distance = Int128(exact.numerator) - Int128(offset) * Int128(exact.denominator)
        let (dividend, overflow) = distance.multipliedReportingOverflow(by: Int128(denominator))
        guard !overflow else { return distance < 0 ? .min : .max }
        let divisor = Int128(exact.denominator) * Int128(numerator)
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        let magnitude = remainder.magnitude
        let step: Int128 =
            switch rounding {
            case .up: remainder > 0 ? 1 : 0
            case .down: remainder < 0 ? -1 : 0
            case .nearest: magnitude > 0 && magnitude >= divisor.magnitude - magnitude ? remainder.signum() : 0
            }
        return Int64(clamping: quotient + step)
    }
}
