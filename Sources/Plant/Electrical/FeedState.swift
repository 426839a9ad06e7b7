/// A feed and what flows through its breaker. The three phases are taken as evenly loaded.
struct FeedState: BitwiseCopyable {
    let lineToNeutral: Double
    let powerFactor: Double
    /// A of line current per W: 1 / (sqrt(3) V pf).
    let currentPerWatt: Double
    var breaker: Breaker
    let hasUPS: Bool
    /// Whether the utility delivers.
    var hasUtility = true
    /// Whether power comes to the breaker: from the utility, or from a UPS.
    var isSupplied = true
    /// W drawn by the feed's shelves in the last step.
    var power = 0.0

    init(_ configuration: FeedConfiguration, step: Double, in storage: Storage) {
        lineToNeutral = configuration.lineVoltage / 3.0.squareRoot()
        powerFactor = configuration.powerFactor
        currentPerWatt = 1 / (3.0.squareRoot() * configuration.lineVoltage * configuration.powerFactor)
        hasUPS = configuration.ups != nil
        breaker = Breaker(configuration.breaker, step: step, in: storage)
    }

    var isLive: Bool { isSupplied && !breaker.isTripped }
    var current: Double { power * currentPerWatt }
}
