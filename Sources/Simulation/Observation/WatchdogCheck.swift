internal import DeviceSpecs
internal import RackControl
internal import RegisterMaps
internal import RunRecords
internal import Scenario
internal import Units

/// A device that the controller calls online has its comms watchdog armed: if the controller falls silent, the device
/// falls back by itself. Not judged where the scenario switches the watchdogs off.
struct WatchdogCheck {
    private let isArming: Bool
    private var samples = 0
    private var firstViolation: (path: String, at: Double)?

    init(_ scenario: ScenarioDefinition) { isArming = scenario.controller.deviceWatchdog > .zero }

    mutating func sample(_ run: RackSimulation) {
        guard isArming, firstViolation == nil else { return }
        samples += 1
        for device in run.devices.prefix(run.controlledCount) where run.isOnline(device: device.index) {
            guard let signal = device.definition.specification.deviceClass?.watchdog else { continue }
            guard device.answers(at: run.now), device.signal(signal) <= 0 else { continue }
            firstViolation = (device.definition.path, run.reachedSeconds)
            return
        }
    }

    var outcome: CheckOutcome {
        let explanation =
            firstViolation.map { "\($0.path) was online without a watchdog at \($0.at) s" }
            ?? (isArming ? "armed in every online device at \(samples) samples" : "switched off by the scenario")
        return CheckOutcome(name: "watchdogs are armed", held: firstViolation == nil, explanation: explanation)
    }
}
