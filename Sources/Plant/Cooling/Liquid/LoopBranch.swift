/// One tray's branch of the circuit.
struct LoopBranch: BitwiseCopyable {
    /// kg/s; 0 for a tray that no liquid cools.
    let designFlow: Double
    var isOpen = true
    /// Share of the design flow.
    var share = 1.0
    /// kg/s that a leak in the tray loses at the design pressure, and kg that it has lost.
    var leak = 0.0
    var spilled = 0.0
}
