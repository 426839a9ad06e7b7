internal import RunRecords

/// What is either so or not, as bars over the time: a tether gives, a tray can be reached, a UPS is on battery.
struct States {
    let signals: Signals
    let names: NamedSignals
    let events: NumberedEvents
    /// End of the time axis, seconds.
    let end: Double

    /// More bars than fit a screen are no overview. Arbitrary.
    private static let mostRows = 24
    /// Before this, devices boot and are found. Seconds.
    private static let startUp = 5.0
    /// The catalogue's truths, by quantity.
    private static let truths: Set<String> = [
        "on", "live", "tripped", "bypassed", "on-battery", "brake", "online", "answers", "over-power", "under-voltage",
        "over-voltage", "saturated", "overload", "inlet-lost", "sequencing", "closed", "low-power", "fault", "wet",
        "rope-broken", "door-open", "blocked", "setpoint-not-reached",
    ]
    /// Of an optical module; of the controller of several they are counts.
    private static let moduleTruths: Set<String> = ["ready", "hot", "dark"]

    static func isTruth(_ trace: Trace) -> Bool {
        truths.contains(trace.quantity)
            || moduleTruths.contains(trace.quantity) && trace.subject.contains("/module-")
    }

    /// Those that changed; and, changed or not, those that the scenario names, and those of UPS and tethers.
    private var shown: [Trace] {
        let all = signals.traces.filter(Self.isTruth)
        let first = all.filter { names.paths.contains($0.path) }
        return first + all.filter { !names.paths.contains($0.path) && (isAlwaysShown($0) || changes($0)) }
    }

    private func isAlwaysShown(_ trace: Trace) -> Bool {
        trace.subject.hasSuffix("/ups") || signals["\(trace.subject).source-power"] != nil
    }

    private func changes(_ trace: Trace) -> Bool {
        let settled = trace.at.indices.filter { trace.at[$0] >= Self.startUp && trace.mean[$0].isFinite }
        return settled.contains { trace.least[$0] != trace.least[settled[0]] || trace.greatest[$0] != trace.least[$0] }
    }

    var html: HTML {
        let shown = shown
        guard !shown.isEmpty else { return .empty }
        let time = TimeAxis(end: end, intervals: 10)
        let rows = shown.prefix(Self.mostRows).map { row($0, time) }
        let rest = shown.count - Self.mostRows
        let more: HTML = rest > 0 ? "<p class=\"says\">\(rest) more are in telemetry.sqlite.</p>" : .empty
        let ticks = time.ticks.enumerated().map { index, tick in
            HTML(
                "<span class=\"x\(index.isMultiple(of: 2) ? "" : " odd")\" style=\"left:\(place(time.fraction(tick)))\">\(time.label(tick))</span>"
            )
        }
        return """
            <section><h2>States</h2>
            <p class="says">Filled while it is so. Those that changed, and those that the scenario names.</p>
            <figure class="chart large states"><div class="bars">\(Array(rows))</div>
            <div class="ticks">\(ticks)</div><div class="x-name">time since the start, \(time.unit)</div></figure>\(more)</section>

            """
    }

    private func row(_ trace: Trace, _ time: TimeAxis) -> HTML {
        let extent = Int(PathData.extent)
        return """
            <div class="bar"><span>\(trace.path)</span><svg viewBox="0 0 \(extent) \(extent)" preserveAspectRatio="none" role="img" aria-label="\(trace.path)">\
            <path class="truth" data-path="\(trace.path)" d="\(bars(trace, time))"/>\(eventLines(time))</svg></div>

            """
    }

    /// A bucket in which it was so for a moment only is filled: what is short would not be seen otherwise.
    private func bars(_ trace: Trace, _ time: TimeAxis) -> String {
        let extent = Int(PathData.extent)
        var data = ""
        var began: Int?
        for index in trace.at.indices {
            let isSo = trace.greatest[index].isFinite && trace.greatest[index] > 0.5
            let x = units(time.fraction(trace.at[index]))
            if isSo, began == nil { began = x }
            if !isSo, let start = began {
                data += "M\(start) 0H\(x)V\(extent)H\(start)Z"
                began = nil
            }
        }
        if let start = began { data += "M\(start) 0H\(extent)V\(extent)H\(start)Z" }
        return data
    }

    private func eventLines(_ time: TimeAxis) -> HTML {
        let data = events.events.filter { $0.at <= time.end }.map {
            "M\(units(time.fraction($0.at))) 0V\(Int(PathData.extent))"
        }
        return data.isEmpty ? .empty : "<path class=\"event\" d=\"\(data.joined())\"/>"
    }

    private func units(_ fraction: Double) -> Int { Int((fraction * PathData.extent).rounded()) }

    private func place(_ fraction: Double) -> String { "\(Double(Int((fraction * 10_000).rounded())) / 100)%" }
}
