internal import RunRecords

/// The tables of the page: expectations, checks, events, buses, settings.
struct TableSection {
    let result: RunResult
    let events: NumberedEvents
    let time: TimeAxis

    /// More rows than this make a page slow and are read by nobody; the event log has them all.
    private static let mostRows = 1_000
    private static let mostMajorRows = 200

    var expectations: HTML {
        guard !result.outcomes.isEmpty || !result.checks.isEmpty else { return .empty }
        let outcomes = result.outcomes.map { outcome in
            row(
                verdict: outcome.verdict, kind: outcome.kind, text: "<code>\(outcome.text)</code>",
                margin: NumberText.quantity(outcome.margin, unit: outcome.marginUnit), explanation: outcome.explanation)
        }
        let checks = result.checks.map { check in
            row(
                verdict: check.held ? .held : .failed, kind: "check", text: "\(check.name)", margin: "",
                explanation: check.explanation)
        }
        return """
            <section><h2>What was expected</h2>
            <table class="cards"><thead><tr><th>verdict</th><th>kind</th><th>expectation</th><th class="number">margin</th>\
            <th>in words</th></tr></thead>
            <tbody>\(outcomes)\(checks)</tbody></table></section>

            """
    }

    private func row(
        verdict: ExpectationOutcome.Verdict, kind: String, text: HTML, margin: String, explanation: String
    ) -> HTML {
        let sign =
            switch verdict {
            case .held: "✓"
            case .failed: "✗"
            case .undecided: "?"
            }
        return """
            <tr class="\(verdict.rawValue)"><td><span class="verdict">\(sign) \(verdict.rawValue)</span></td><td>\(kind)</td>\
            <td>\(text)</td><td class="number">\(margin)</td><td>\(explanation)</td></tr>

            """
    }

    var majorEvents: HTML {
        guard !events.events.isEmpty else { return .empty }
        let groups = events.groups
        let rows = groups.prefix(Self.mostMajorRows).map { group in
            let event = events.events[group.lowerBound]
            let label = group.count == 1 ? "\(group.lowerBound + 1)" : "\(group.lowerBound + 1)–\(group.upperBound)"
            let others = group.count == 1 ? "" : "and \(group.count - 1) others "
            return HTML(
                """
                <li><span class="mark">\(label)</span><span class="at">\(time.text(event.at))</span>\
                <span class="what"><b>\(event.subject)</b> \(others)\(event.text) <i>\(event.source.rawValue)</i></span></li>

                """)
        }
        let rest = groups.dropFirst(Self.mostMajorRows).reduce(0) { $0 + $1.count }
        let more: HTML = rest > 0 ? "<p class=\"says\">\(rest) more are in events.jsonl.</p>" : .empty
        return "<section class=\"events\"><h2>What happened</h2>\n<ol>\(rows)</ol>\(more)</section>\n"
    }

    var allEvents: HTML {
        guard result.events.count > events.events.count else { return .empty }
        let rows = result.events.prefix(Self.mostRows).map { event in
            HTML(
                """
                <tr><td class="number">\(NumberText.fixed(event.at, decimals: 3))</td><td>\(event.source.rawValue)</td>\
                <td>\(event.subject)</td><td>\(event.text)</td></tr>

                """)
        }
        let rest = result.events.count - Self.mostRows
        let more: HTML = rest > 0 ? "<p class=\"says\">\(rest) later events are in events.jsonl.</p>" : .empty
        return """
            <section><details><summary>Event log: \(result.events.count) events</summary>
            <div class="wide-table"><table><thead><tr><th class="number">time, s</th><th>source</th><th>subject</th><th>what</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>\(more)</details></section>

            """
    }

    var buses: HTML {
        guard !result.buses.isEmpty else { return .empty }
        let rows = result.buses.map { bus in
            HTML(
                """
                <tr><td>\(bus.name)</td><td>\(bus.kind)</td><td class="number">\(NumberText.fixed(bus.load * 100, decimals: 1)) %</td>\
                <td class="number">\(count(bus.transactions))</td><td class="number">\(count(bus.timeouts))</td>\
                <td class="number">\(count(bus.exceptions))</td><td class="number">\(count(bus.badFrames))</td>\
                <td class="number">\(count(bus.octets))</td></tr>

                """)
        }
        return """
            <section><h2>What the buses carried</h2>
            <div class="wide-table"><table><thead><tr><th>bus</th><th>line</th><th class="number">load</th><th class="number">transactions</th>\
            <th class="number">time-outs</th><th class="number">exceptions</th><th class="number">bad frames</th><th class="number">octets</th></tr></thead>
            <tbody>\(rows)</tbody></table></div></section>

            """
    }

    private func count(_ number: Int) -> String { NumberText.fixed(Double(number), decimals: 0) }

    var settings: HTML {
        let rows = result.settings.map { HTML("<tr><td>\($0.name)</td><td>\($0.value)</td></tr>\n") }
        let table: HTML = rows.isEmpty ? .empty : "<table class=\"plain\"><tbody>\(rows)</tbody></table>"
        return """
            <section><h2>Settings in force</h2>
            \(table)
            <h2>Run it again</h2>
            <pre><code>\(command)</code></pre>
            <p class="says">Busbar \(result.version), seed \(result.seed), digest <code>\(result.digest)</code>. The same version, scenario and
            seed give the same digest.</p>
            <p class="says">Beside this page: <a href="result.json">result.json</a>, <a href="junit.xml">junit.xml</a>,
            <a href="events.jsonl">events.jsonl</a>, <a href="telemetry.sqlite">telemetry.sqlite</a>,
            <a href="bus.pcapng">bus.pcapng</a>.</p></section>

            """
    }

    private var command: String {
        result.command.isEmpty ? "busbar run Scenarios/\(result.scenario).yaml --seed \(result.seed)" : result.command
    }
}
