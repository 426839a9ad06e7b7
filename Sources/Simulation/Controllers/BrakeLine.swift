internal import Units

/// The power-brake line: an output card in the controller's place, and a wire to each tray.
///
/// The card holds its outputs when the controller dies, and says what they are to the next one: a rack that was braked stays
/// braked until somebody lets it go.
struct BrakeLine {
    /// From the output to the level at the tray: an opto-coupler and a debounced input. Typical.
    static let latency = Interval.milliseconds(2)

    /// By tray: the card's outputs, and the levels that have arrived.
    var outputs: [Bool]
    private(set) var levels: [Bool]

    init(trayCount: Int) {
        outputs = Array(repeating: false, count: trayCount)
        levels = outputs
    }

    /// Trays whose level differs from the output; afterwards none does.
    mutating func settle() -> [Int] {
        let changed = outputs.indices.filter { outputs[$0] != levels[$0] }
        levels = outputs
        return changed
    }
}
