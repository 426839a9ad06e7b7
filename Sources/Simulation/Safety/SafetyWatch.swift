internal import DeviceSpecs
internal import ModbusWire
internal import Plant
internal import RackControl
internal import RegisterMaps
internal import Scenario
internal import Units

/// The safety checks of a run, and what they found.
///
/// They look at the plant's truth, at the firmware's own signals and at the octets on the lines. Of the controller they
/// see only what it says it wants: requests, budget, and whom it takes for present. They are written independently of
/// what they judge, and change nothing.
final class SafetyWatch {
    let scenario: ScenarioDefinition
    /// Until every device was found and armed there is nothing to judge: the controller's own start-up and two seconds.
    static let judgedFrom = Instant.start + .seconds(7)

    private(set) var findings: [SafetyFinding] = []
    var reach: ReachWatch
    var curves: CurveCheck
    var overdraft: OverdraftCheck
    var capsFit: CapsFitCheck
    var capsAsked: CapsAskedCheck
    var freshness: FreshnessCheck
    var cooling: CoolingCheck
    var slew: SlewCheck
    var lives: LifeCheck
    var watchdogs: WatchdogKeeping
    var brakes: BrakeCheck
    var brakeLine: BrakeLineCheck
    var convergence: ConvergenceCheck
    private(set) var overshoot = 0.0
    /// What each tray's BMC enforced, or would fall back to if that is more, in the last samples: one is read some time before
    /// it is written to, and may have fallen back in between.
    private(set) var enforced: [[Power]] = []
    /// A second: longer than a survey of a crowded line. Arbitrary.
    private static let enforcedSamples = 10

    /// By device: its tray, and the register that holds its power limit where it is a BMC.
    let trayOf: [Int?]
    let limitOf: [PointDefinition?]
    /// The same of the register that holds the duty of fans or pumps.
    let dutyOf: [PointDefinition?]
    let probeAddress: [UInt16?]
    let isCapping: Bool
    let supplyCount: Int
    let capLimit: CapLimit

    init(_ scenario: ScenarioDefinition, _ settings: SafetySettings, hasController: Bool) {
        self.scenario = scenario
        let (rack, controller) = (scenario.rack, scenario.controller)
        let from = Self.judgedFrom
        isCapping = hasController && controller.law != .none
        capLimit = CapLimit(scenario)
        supplyCount = rack.devices.count { if case .supply = $0.attachment { true } else { false } }
        trayOf = rack.devices.map { if case .tray(let tray) = $0.attachment { tray } else { nil } }
        limitOf = rack.devices.map { device in
            guard device.specification.deviceClass == .baseboardController else { return nil }
            return device.specification.point(boundTo: BaseboardSignal.powerLimit.identifier)?.definition
        }
        dutyOf = rack.devices.map { device in CoolingCheck.dutyPoint(of: device.specification) }
        probeAddress = rack.devices.map { device in
            device.specification.probe.map { device.specification.points[$0.point].definition.address }
        }
        let trays = rack.plant.trays.count
        // The pause before a probe, and three seconds to identify, survey and arm; arbitrary.
        reach = ReachWatch(deviceCount: rack.devices.count, recovery: controller.reprobe + .seconds(3))
        curves = CurveCheck(rack.plant, step: Double(RackPlant.stepInterval.nanoseconds) / 1e9)
        overdraft = OverdraftCheck(scenario)
        capsFit = CapsFitCheck(judgedFrom: from)
        capsAsked = CapsAskedCheck(trayCount: trays, judgedFrom: from)
        freshness = FreshnessCheck(
            trayCount: trays, hasTwoFeeds: controller.redundancy == .twoFeeds, judgedFrom: from)
        cooling = CoolingCheck(scenario)
        slew = SlewCheck(slew: controller.uncapSlew, count: trays, movesCaps: controller.law.movesCaps)
        lives = LifeCheck(deviceCount: rack.devices.count, retries: controller.retries)
        watchdogs = WatchdogKeeping(deviceCount: rack.devices.count)
        brakes = BrakeCheck(trayCount: trays)
        brakeLine = BrakeLineCheck(trayCount: trays)
        convergence = ConvergenceCheck(settings, ramp: controller.law == .ramp ? controller.ramp : nil)
    }

    /// Keeps the first breach of each rule.
    func note(_ rule: SafetyRule, _ text: String?, at now: Instant) {
        guard let text, !findings.contains(where: { $0.rule == rule }) else { return }
        findings.append(SafetyFinding(rule: rule, at: Double(now.rawValue) / 1e9, text: text))
    }

    func noteEnforced(_ caps: [Power]) {
        enforced.append(caps)
        if enforced.count > Self.enforcedSamples { enforced.removeFirst() }
    }

    func noteOvershoot(_ excess: Double) { overshoot = max(overshoot, excess) }

    var margins: SafetyMargins {
        var margins = SafetyMargins()
        margins.tripHeat = curves.tripHeat
        margins.supplyStress = curves.supplyStress
        margins.overshoot = overshoot
        margins.overdraft = overdraft.isAgreed ? overdraft.greatest : nil
        margins.room = capsFit.leastRoom
        margins.settle = convergence.settle.map { Double($0.milliseconds) / 1000 }
        return margins
    }
}
