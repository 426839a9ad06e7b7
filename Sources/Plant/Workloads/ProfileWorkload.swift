/// Load as a given curve over time: constant, step, ramp and replay.
struct ProfileWorkload: BitwiseCopyable {
    private let curve: PiecewiseLinear
    private var cursor = 0
    /// The curve gives power as a share of the rated power; otherwise load.
    let isPower: Bool
    /// A constant load follows the scenario's demand.
    private let followsDemand: Bool
    private var demand: Double

    init(_ points: [CurvePoint], isPower: Bool = false, followsDemand: Bool = false, in storage: Storage) {
        curve = PiecewiseLinear(points, empty: 0, in: storage)
        self.isPower = isPower
        self.followsDemand = followsDemand
        demand = curve.first.y
    }

    mutating func value(at time: Double) -> Double {
        followsDemand ? demand : curve.value(at: time, cursor: &cursor)
    }

    mutating func setDemand(_ demand: Double) { self.demand = demand }
    mutating func restoreDemand() { demand = curve.first.y }
}

extension ProfileWorkload {
    /// `nil` for workloads that are more than a curve.
    init?(_ workload: WorkloadConfiguration, in storage: Storage) {
        switch workload {
        case .constant(let load):
            self.init([CurvePoint(x: 0, y: load)], followsDemand: true, in: storage)
        case .step(let from, let to, let time):
            self.init([CurvePoint(x: time, y: from), CurvePoint(x: time, y: to)], in: storage)
        case .ramp(let from, let to, let start, let end):
            self.init([CurvePoint(x: start, y: from), CurvePoint(x: end, y: to)], in: storage)
        case .replay(let points):
            self.init(points, isPower: true, in: storage)
        case .training, .inference:
            return nil
        }
    }
}
