internal import Units

/// The two fans of a converter as its MCU sees them: one that fails drives the other to full duty.
struct ConverterFans: Sendable {
    private let settings: ConverterFanSettings
    private var stalls = InlineArray<2, StallDetector>(repeating: StallDetector())

    init(_ settings: ConverterFanSettings) { self.settings = settings }

    var hasFailed: Bool { stalls[0].isStalled || stalls[1].isStalled }

    /// `duty`: what drives them now; zero where they stand still because they are switched off, which is no failure.
    mutating func judge(_ speeds: InlineArray<2, RotationalSpeed>, at duty: PerMille, now: Instant) {
        let expected = settings.maximumSpeed.scaled(by: duty)
        for fan in 0..<2 {
            stalls[fan].update(
                speed: speeds[fan], expected: expected, threshold: settings.stallThreshold, spinUp: settings.spinUp,
                at: now)
        }
    }

    /// The next duty, at least `least`.
    func duty(for hotSpot: Temperature, least: PerMille = .zero) -> PerMille {
        hasFailed ? .whole : max(settings.duty(for: hotSpot), least)
    }
}
