import Units

/// Products of a voltage code and a current code, and what they are worth.
///
/// All comparisons at sample rate are made between products; watts and joules appear only when a reading is latched
/// or a limit changes. Energy carries its remainder, so that no sample is ever rounded away.
struct PowerReckoning: Sendable {
    /// Milliwatts per product.
    let milliwatts: ExactRatio
    /// Millijoules per product and sample period.
    let millijoules: ExactRatio
    private(set) var energy: Energy = .zero
    /// Below one millijoule, in `millijoules.denominator` parts.
    private var remainder: Int64 = 0

    /// `voltageStep` in microvolts, `currentStep` in microamperes.
    init(voltageStep: ExactRatio, currentStep: ExactRatio, samplePeriod: Interval) {
        let picowatts = voltageStep * currentStep
        milliwatts = picowatts * ExactRatio(1, 1_000_000_000)
        millijoules = milliwatts * ExactRatio(samplePeriod.rawValue, 1_000_000_000)
        // A window of 1024 products of two 20-bit codes stays below 2^50.
        precondition(
            milliwatts.numerator < 1 << 12 && millijoules.numerator < 1 << 12,
            "choose a shunt and a sample period of round figures: the exact energy does not fit 64 bits")
    }

    /// The greatest product that is not above `power`.
    func product(of power: Power) -> Int64 {
        let (whole, fraction) = power.rawValue.quotientAndRemainder(dividingBy: milliwatts.numerator)
        return whole * milliwatts.denominator + fraction * milliwatts.denominator / milliwatts.numerator
    }

    /// The power of a single product.
    func power(ofProduct product: Int64) -> Power { Power(rawValue: milliwatts.rounded(product)) }

    /// The mean power of `count` products.
    func power(ofSum sum: Int64, count: Int64) -> Power {
        Power(rawValue: ExactRatio.roundedQuotient(sum * milliwatts.numerator, milliwatts.denominator * count))
    }

    /// Adds products that stood for one sample period each.
    mutating func add(sum: Int64) {
        let parts = sum * millijoules.numerator + remainder
        energy += Energy(rawValue: parts / millijoules.denominator)
        remainder = parts % millijoules.denominator
    }

    /// Adds one product that stood for many sample periods.
    mutating func add(_ product: Int64, periods: Int64) {
        let (whole, part) = (product * millijoules.numerator).quotientAndRemainder(
            dividingBy: millijoules.denominator)
        energy += Energy(rawValue: whole * periods)
        remainder += part * periods
        add(sum: 0)
    }

    mutating func clear() {
        energy = .zero
        remainder = 0
    }
}
