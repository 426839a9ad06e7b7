internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// Reads `scale: 10 mV` with `offset:` and judges whether the arithmetic of a device can carry it.
enum ScaleReader {
    /// The greatest numerator, denominator and offset of a scale, arbitrary: a step of 1 GW or 1 fW is no register.
    static let largest: Int64 = 1_000_000_000_000

    /// The unit in which a point's values are counted; `nil` after a complaint.
    static func unit(_ keys: PointKeys, signal: SignalDescription?, point: YAMLValue) -> SpecUnit? {
        if let signal {
            let unit = SpecUnit(signal.unit)
            guard unit.dimension != .count, keys.scale == nil else { return unit }
            point.problem(
                "expected the key \"scale\" such as \"1 \(SpecUnit.name(signal.unit))\", since the signal \"\(signal.name)\" "
                    + "is a \(unit.dimension.title), found none")
            return nil
        }
        guard let place = keys.scale, let text = place.scalarText else { return SpecUnit(.count) }
        let name = ExactQuantity.split(text).unit
        guard let dimension = Dimension(unit: name) else {
            let known = Dimension.allCases.flatMap { $0.units.map(\.name) }.filter { !$0.isEmpty }.joined(
                separator: ", ")
            place.problem("expected a number with a known unit or none, found \"\(text)\"; units: \(known)")
            return nil
        }
        return SpecUnit(plain: dimension)
    }

    static func read(_ keys: PointKeys, unit: SpecUnit, shape: PointShape) -> FixedPointScale? {
        var step: ExactQuantity? = ExactQuantity(numerator: 1, denominator: 1)
        if let place = keys.scale {
            step = place.quantity(unit.dimension).flatMap { judged($0, unit: unit, shape: shape, place: place) }
        }
        let offset = keys.offset == nil ? 0 : keys.offset.flatMap { self.offset($0, unit: unit) }
        guard let step, let offset else { return nil }
        let scale = FixedPointScale(numerator: step.numerator, denominator: step.denominator, offset: offset)
        if shape.kind == .f32 { return scale.ofFloatSteps() }
        // A value of four words is narrowed to what the arithmetic carries; it holds far more than any quantity needs.
        if shape.words < 4, withoutOverflow(shape.bounds, scale: scale) != shape.bounds {
            keys.scale?.expected("a smaller scale: the largest raw value times this one exceeds 64 bits")
            return nil
        }
        return scale
    }

    private static func judged(
        _ exact: ExactQuantity, unit: SpecUnit, shape: PointShape, place: YAMLValue
    ) -> ExactQuantity? {
        guard exact.numerator > 0 else {
            place.expected("a scale above zero")
            return nil
        }
        // A float's raw value counts finer steps, which takes of the room below the line.
        let (finest, word) = shape.kind == .f32 ? (largest / 1000, "10^9") : (largest, "10^12")
        guard let step = unit.signalAmount(exact), step.numerator <= largest, step.denominator <= finest else {
            place.expected("a scale such as \"1 \(SpecUnit.name(unit.signalUnit))\" whose fraction stays below \(word)")
            return nil
        }
        return step
    }

    private static func offset(_ place: YAMLValue, unit: SpecUnit) -> Int64? {
        guard let exact = place.quantity(unit.dimension), let amount = unit.signalAmount(exact) else { return nil }
        guard amount.denominator == 1, amount.numerator.magnitude <= largest.magnitude else {
            place.expected("an offset that is a whole number of \(unit.signalUnit)")
            return nil
        }
        return amount.numerator
    }

    /// The part of `bounds` for which `FixedPointScale` neither overflows on the way to the signal nor back.
    static func withoutOverflow(_ bounds: ClosedRange<Int64>, scale: FixedPointScale) -> ClosedRange<Int64> {
        let room = Int64.max - scale.denominator - scale.numerator - largest
        // A signal is at most its raw value times the numerator, plus the offset; going back multiplies it by the
        // denominator, which only restores that product.
        var most = room / scale.numerator
        // Of a float, which is given the whole of 64 bits, a power of two is kept, which its words can show.
        if bounds == Int64.min...Int64.max { most = Int64(1) << Int64(63 - most.leadingZeroBitCount) }
        return max(bounds.lowerBound, -most)...min(bounds.upperBound, most)
    }
}
