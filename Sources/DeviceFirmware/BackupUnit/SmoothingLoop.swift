import Units

/// Keeps what the supplies deliver calm while the load swings: the fast loop, in the unit's own MCU.
///
/// No bus can close it (0.2...3 Hz, and edges of milliseconds): what comes over Modbus are its set points, once in a
/// while. The form is that of a bounding box with a ramp, as the power smoothing of NVIDIA's accelerators has it (NVML:
/// floor, ramp-up and ramp-down rates): between floor and ceiling the supplies follow the load, no faster than the ramps;
/// beyond, the store takes the difference. Every unit takes the same part of the load, so that what they do together adds
/// up without any of them knowing of the others.
struct SmoothingLoop: Sendable {
    /// The unit's part of what the supplies are to deliver; `nil` until the loop runs.
    private(set) var reference: Power?
    /// Into the busbar.
    private(set) var power = Power.zero

    struct Bounds {
        /// Parts of one unit.
        var floor: Power
        var ceiling: Power
        /// In one step.
        var rise: Power
        var fall: Power
        /// What the store can take and give now.
        var charge: Power
        var discharge: Power
    }

    /// - Parameter load: the unit's part of what the trays draw.
    mutating func step(load: Power, _ bounds: Bounds) -> Power {
        let before = reference ?? load
        let wanted = load.clamped(to: bounds.floor...max(bounds.floor, bounds.ceiling))
        let next = wanted.clamped(to: (before - bounds.fall)...(before + bounds.rise))
        power = (load - next).clamped(to: -bounds.charge...bounds.discharge)
        // What the store cannot take the supplies feel: the ramp goes on from there.
        reference = load - power
        return power
    }

    mutating func stop() {
        reference = nil
        power = .zero
    }
}
