internal import DeviceSpecs
internal import Plant
internal import RackControl
internal import RegisterMaps
internal import RunRecords
internal import Scenario
internal import Units

/// The caps that the BMCs enforce, by their own firmware's word, lie between floor and ceiling, and their sum never
/// exceeds what the supplies that work in the plant, and the breakers before them, can carry after the failure that the
/// redundancy promises to survive.
struct CapCheck {
    /// After a change the caps may lag: a poll of the supplies, a scan cycle, a write to every BMC. Arbitrary.
    private static let grace = Interval.seconds(2)
    /// A controller takes five seconds at most to find and arm its devices.
    static let startUp = Interval.seconds(7)
    /// A register holds whole watts, and each cap may be rounded by half of one.
    private static let rounding = Power.watts(1)

    private let policies: [TrayPolicy]
    private let sumOfFloors: Power
    private let limit: CapLimit
    private let isCapping: Bool
    private var excusedUntil: Instant
    private var samples = 0
    private(set) var violation: String?
    /// Least room between the sum of the caps and the capacity, W.
    private var leastRoom = Double.infinity
    /// The caps in force by tray, kept to be filled anew at each sample.
    var caps: [Power]
    private var isOff: [Bool]

    init(_ scenario: ScenarioDefinition, hasController: Bool) {
        policies = scenario.controller.trays
        caps = policies.map(\.ceiling)
        isOff = policies.map { _ in false }
        sumOfFloors = policies.reduce(.zero) { $0 + $1.floor }
        limit = CapLimit(scenario)
        isCapping = hasController && scenario.controller.law != .none
        // Until every device was identified and armed there is nothing to judge.
        excusedUntil = .start + Self.startUp
    }

    mutating func excuse(until instant: Instant) { excusedUntil = max(excusedUntil, instant) }

    mutating func noteEvent(at instant: Instant) { excusedUntil = max(excusedUntil, instant + Self.grace) }

    mutating func sample(_ run: RackSimulation) {
        guard isCapping, violation == nil, run.now >= excusedUntil else { return }
        // A tray without a BMC counts for its ceiling.
        for tray in policies.indices {
            guard let device = run.roles.baseboard[tray] else { continue }
            // A tray that is off draws nothing, whatever its BMC would enforce.
            isOff[tray] = !run.plant.trayIsPowered(tray)
            caps[tray] = .milliwatts(run.devices[device].signal(BaseboardSignal.appliedLimit.identifier))
        }
        judge(capacity: capacity(of: run), at: run.reachedSeconds)
    }

    /// Judges `caps`. `capacity` is `nil` where the floors alone exceed what is left: then no caps can fit.
    mutating func judge(capacity: Power?, at seconds: Double) {
        samples += 1
        var sum = Power.zero
        for (tray, cap) in caps.enumerated() {
            if !isOff[tray] { sum += cap }
            if cap + Self.rounding < policies[tray].floor {
                violation = "tray \(tray + 1) enforced \(cap.inWatts) W, below its floor, at \(seconds) s"
            }
        }
        guard let capacity else { return }
        leastRoom = min(leastRoom, (capacity - sum).inWatts)
        if sum > capacity + Self.rounding * Int64(caps.count) {
            violation = "the caps summed to \((sum - capacity).inWatts) W more than the supplies carry, at \(seconds) s"
        }
    }

    private func capacity(of run: RackSimulation) -> Power? {
        let capacity = limit.spendable(working: run.workingSources)
        return capacity >= sumOfFloors ? capacity : nil
    }

    var outcome: CheckOutcome {
        let room = leastRoom.isFinite ? "; least room \(Int(leastRoom)) W" : ""
        return CheckOutcome(
            name: "caps fit floors and surviving supplies", held: violation == nil,
            explanation: violation ?? "at \(samples) samples\(room)")
    }
}
