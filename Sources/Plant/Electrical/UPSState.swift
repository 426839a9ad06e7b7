/// What a UPS does now.
public enum UPSMode: UInt8, Sendable, BitwiseCopyable {
    /// The inverter carries the load.
    case inverter
    /// The utility carries it past the inverter; a loss of the utility is then a loss of the feed.
    case bypass
    /// Nothing comes out, until somebody switches it on again.
    case off
}

/// A UPS in front of a feed.
///
/// Either path has a heat state of 0...1 that rises by 1 / (time in its table), as a breaker's does, and cools at the rating and
/// below. What lies between the rating and the table's first point is borne as long as that. At 1 the inverter hands over to the bypass, and the bypass to nothing.
struct UPSState: BitwiseCopyable {
    /// s with which an overload is forgotten. Typical of power semiconductors on large heat sinks.
    static let coolingTime = 300.0
    /// s at or below the rating after which the load goes back from the bypass to the inverter. Typical.
    static let returnTime = 10.0
    /// How much longer the battery takes to be charged than it lasts. Typical of UPS batteries.
    static let rechargeRatio = 10.0

    let ratedPower: Double
    let capacity: Double
    private let inverter: PiecewiseLinear
    private let bypass: PiecewiseLinear
    private let inverterEnd: Double
    private let cooling: Double

    var mode = UPSMode.inverter
    /// J left in the battery, at the output.
    var energy: Double
    /// 0...1 of the path that carries the load.
    private(set) var heat = 0.0
    private var calm = 0.0

    init(_ configuration: UPSConfiguration, step: Double, in storage: Storage) {
        ratedPower = configuration.ratedPower
        capacity = configuration.ratedPower * configuration.autonomy
        energy = capacity
        inverter = PiecewiseLinear(configuration.inverterOverload, empty: 1, in: storage)
        bypass = PiecewiseLinear(configuration.bypassOverload, empty: 1, in: storage)
        inverterEnd = configuration.inverterOverload.last?.x ?? 1
        cooling = FirstOrderLag.factor(step: step, constant: UPSState.coolingTime)
    }

    /// Whether the load would be carried without the utility.
    var canRunOnBattery: Bool { mode == .inverter && energy > 0 }

    /// Carries `power` for one step; the mode that follows.
    mutating func carry(_ power: Double, hasUtility: Bool, step: Double) -> UPSMode {
        let multiple = power / ratedPower
        switch mode {
        case .off: return .off
        case .inverter:
            if hasUtility {
                energy = min(capacity, energy + ratedPower / UPSState.rechargeRatio * step)
            } else {
                energy = max(0, energy - power * step)
            }
            // Beyond its table the inverter is at its current limit and hands over at once; without a utility there is
            // nobody to hand over to.
            heat = multiple > inverterEnd ? 1 : heated(by: inverter, multiple, step)
            if heat >= 1 { return hasUtility ? .bypass : .off }
            return hasUtility || energy > 0 ? .inverter : .off
        case .bypass:
            heat = heated(by: bypass, multiple, step)
            calm = multiple <= 1 ? calm + step : 0
            if heat >= 1 || !hasUtility { return .off }
            return calm >= UPSState.returnTime ? .inverter : .bypass
        }
    }

    private func heated(by times: PiecewiseLinear, _ multiple: Double, _ step: Double) -> Double {
        multiple <= 1 ? heat - heat * cooling : min(1, heat + step / times.value(at: multiple))
    }

    /// The load goes over to another path, which begins cool.
    mutating func enter(_ next: UPSMode) {
        mode = next
        heat = 0
        calm = 0
    }
}
