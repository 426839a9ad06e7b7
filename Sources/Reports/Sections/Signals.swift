internal import RunRecords

/// Finds the signals of a run by what their paths say.
struct Signals: Sendable {
    let traces: [Trace]
    private let positions: [String: Int]

    init(_ series: [SeriesRecord]) {
        traces = series.filter { !$0.buckets.isEmpty }.map(Trace.init)
        positions = Dictionary(traces.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(path: String) -> Trace? { positions[path].map { traces[$0] } }

    /// Every signal of this quantity whose subject fits, in recorded order.
    func all(_ quantity: String, of subjects: (String) -> Bool = { _ in true }) -> [Trace] {
        traces.filter { $0.quantity == quantity && subjects($0.subject) }
    }

    /// Subjects that have a cap or a temperature of their own: the trays, in recorded order.
    var trays: [String] {
        traces.filter { $0.quantity == "power" && $0.subject != "rack" && !$0.subject.contains("/") }.map(\.subject)
            .filter { self["\($0).cap"] != nil || self["\($0).temperature"] != nil }
    }

    /// `shelf-1/psu-2.power` and its like.
    var supplies: [Trace] {
        all("power") { $0.split(separator: "/").last?.hasPrefix("psu") == true && $0.contains("/") }
    }

    /// What is above zero while the subject is in service; nil where nothing tells: then it always is.
    ///
    /// Supplies and outlets have a truth of their own, an optical module has no supply voltage where it is absent, and a
    /// tray without main power draws nothing.
    func presence(of subject: String) -> Trace? {
        self["\(subject).on"] ?? self["\(subject).supply"] ?? (trays.contains(subject) ? self["\(subject).power"] : nil)
    }

    /// Subjects with a breaker: the feeds.
    var feeds: [String] {
        traces.filter { $0.quantity == "heat" && $0.subject.hasSuffix("/breaker") }.map {
            String($0.subject.dropLast(8))
        }
    }

    var unitsOfUPS: [String] { all("bypassed").map(\.subject) }
    var hasUPS: Bool { !unitsOfUPS.isEmpty }

    var buses: [Trace] { all("load") { $0.hasPrefix("bus/") } }
}
