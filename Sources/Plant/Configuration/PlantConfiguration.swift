/// The physics of one rack. All numbers in the plant are SI units in `Double` (watts, volts, amperes, joules, seconds,
/// degrees Celsius, kelvin per watt; speeds in rpm; ratios 0...1) and every property says which.
public struct PlantConfiguration: Sendable {
    public var feeds: [FeedConfiguration]
    public var shelves: [ShelfConfiguration]
    /// Every tray hangs on the one busbar that all shelves feed.
    public var trays: [TrayConfiguration]
    /// Batteries and capacitors on the same busbar.
    public var backups: [BackupShelfConfiguration]
    /// Converters on the same busbar that another rack's busbar feeds.
    public var tethers: [TetherConfiguration]
    /// Air that enters the rack, degC.
    public var inletTemperature: Double
    /// Liquid that enters the trays, degC; with a liquid loop, that at the start.
    public var coolantTemperature: Double
    public var cooling: CoolingConfiguration

    public init(
        feeds: [FeedConfiguration], shelves: [ShelfConfiguration], trays: [TrayConfiguration],
        inletTemperature: Double, coolantTemperature: Double, cooling: CoolingConfiguration = .none,
        backups: [BackupShelfConfiguration] = [], tethers: [TetherConfiguration] = []
    ) {
        self.feeds = feeds
        self.backups = backups
        self.tethers = tethers
        self.shelves = shelves
        self.trays = trays
        self.inletTemperature = inletTemperature
        self.coolantTemperature = coolantTemperature
        self.cooling = cooling
    }
}

/// A three-phase AC feed behind one breaker.
public struct FeedConfiguration: Sendable {
    public var name: String
    /// Line to line, V.
    public var lineVoltage: Double
    /// Of the load as the breaker sees it, 0...1.
    public var powerFactor: Double
    public var breaker: BreakerConfiguration
    /// In front of the breaker; `nil` where the utility comes in directly.
    public var ups: UPSConfiguration?

    public init(
        name: String, lineVoltage: Double, powerFactor: Double, breaker: BreakerConfiguration,
        ups: UPSConfiguration? = nil
    ) {
        self.ups = ups
        self.name = name
        self.lineVoltage = lineVoltage
        self.powerFactor = powerFactor
        self.breaker = breaker
    }
}

extension FeedConfiguration {
    /// What the breaker carries at its rated current, and what the UPS in front of it leaves of that, W.
    public var lastingPower: Double {
        min(breakerPower, ups?.ratedPower ?? .infinity)
    }

    /// W at the breaker's rated current.
    public var breakerPower: Double { 3.0.squareRoot() * lineVoltage * breaker.ratedCurrent * powerFactor }
}

public struct BreakerConfiguration: Sendable {
    /// Rated current In, A.
    public var ratedCurrent: Double
    public var curve: TripCurve
    /// The breaker trips somewhere within this share of the curve's time either way; 0.2 is +-20 %. The plant runs on
    /// the fast edge.
    public var tolerance: Double
    /// Instantaneous trip at this multiple of In.
    public var magneticMultiple: Double
    /// Time constant with which the heat state decays below the pick-up, s.
    public var coolingTime: Double

    public init(
        ratedCurrent: Double, curve: TripCurve, tolerance: Double, magneticMultiple: Double, coolingTime: Double
    ) {
        self.ratedCurrent = ratedCurrent
        self.curve = curve
        self.tolerance = tolerance
        self.magneticMultiple = magneticMultiple
        self.coolingTime = coolingTime
    }
}

/// Time to trip over multiples of the rated current.
public enum TripCurve: Sendable {
    /// IEC 60255 very inverse: 13.5 / (M - 1) times the multiplier, s.
    case veryInverse(timeMultiplier: Double)
    /// IEC 60255 extremely inverse: 80 / (M^2 - 1) times the multiplier, s.
    case extremelyInverse(timeMultiplier: Double)
    /// Points (multiple, seconds) with rising multiples and falling times; straight lines between them.
    case table([CurvePoint])
}

/// A point of a piecewise linear curve. What x and y are, the curve says.
public struct CurvePoint: Hashable, Sendable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}
