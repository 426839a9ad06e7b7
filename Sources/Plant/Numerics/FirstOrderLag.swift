/// The share of the way to its target that a first-order lag goes in one step.
enum FirstOrderLag {
    /// 1 - e^(-step / constant), by a rational approximation of the hyperbolic tangent (Pade, z (15 + z^2) /
    /// (15 + 6 z^2)): off by less than 0.6 % for every step up to four constants, beyond which the target is reached.
    /// The plant may use no exponential, whose last bit differs between platforms.
    static func factor(step: Double, constant: Double) -> Double {
        guard constant > 0, step < 4 * constant else { return 1 }
        let half = 0.5 * step / constant
        let square = half * half
        let tangent = half * (15 + square) / (15 + 6 * square)
        return 2 * tangent / (1 + tangent)
    }
}
