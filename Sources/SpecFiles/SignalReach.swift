internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// Whether a register can tell its signal at all: with steps that are not larger than what it measures, and an end that is
/// not below it. All bounds are arbitrary, and far beyond what any real device has.
struct SignalReach {
    /// The coarsest step, and what the highest raw value must reach at least, in base units of the signal.
    private let coarsest: Int64
    private let least: Int64

    /// `nil` for units in which registers of every size are met.
    private init?(_ unit: SignalUnit) {
        switch unit {
        // 1 kW; 10 W: a fan takes more.
        case .milliwatts: (coarsest, least) = (1_000_000, 10_000)
        // 5 V; 1 V: a rail of a processor is not far from it.
        case .millivolts: (coarsest, least) = (5_000, 1_000)
        // 10 A; 10 mA: the bias of a laser.
        case .milliamperes: (coarsest, least) = (10_000, 10)
        // 10 degC; 30 degC.
        case .millidegrees: (coarsest, least) = (10_000, 30_000)
        default: return nil
        }
    }

    /// Complains at the scale of a number that is bound to a signal.
    static func judge(_ scale: FixedPointScale, shape: PointShape, signal: SignalDescription, place: YAMLValue) {
        guard let reach = SignalReach(signal.unit) else { return }
        let unit = SpecUnit(signal.unit)
        let name = SpecUnit.name(signal.unit)
        func text(_ amount: Int64) -> String { ValueText.text(amount, scale: .one, unit: unit, in: name) }
        let (numerator, denominator) = (Int128(scale.numerator), Int128(scale.denominator))
        let greatest = Int128(shape.bounds.upperBound) * numerator + Int128(scale.offset) * denominator
        if numerator > Int128(reach.coarsest) * denominator {
            place.expected(
                "a scale of at most \(text(reach.coarsest)), with which a \(unit.dimension.title) can still be told")
        } else if greatest < Int128(reach.least) * denominator {
            place.expected(
                "a scale with which type \(shape.kind.rawValue) reaches \(text(reach.least)) of \"\(signal.name)\" "
                    + "at least")
        }
    }
}
