/// Signals whose numbers stand for words, as docs/signals.md lists them: a plot of one has the words on its axis.
enum SignalWords {
    /// The words of a signal, from the number 0 up; nil for a quantity.
    static func words(of path: String) -> [String]? { table[path] }

    /// Frozen with the signals: the states are those of the controller's own interface, where 0 means that none acts.
    private static let table: [String: [String]] = [
        "controller.state": ["nobody acts", "start", "normal", "degraded", "failsafe", "shed", "recovery"],
        "controller.seat": ["nobody acts", "controller", "standby"],
    ]
}
