internal import Scenario
internal import Units

/// Where a device was pulled out: nothing answers, and nothing senses or acts.
final class EmptyPlace: VirtualDevice {
    override func isReady(at now: Instant) -> Bool { false }
}
