public import RunRecords

/// The page that a person opens after a run: one file that needs nothing else, on a screen, a phone or paper.
public enum ReportPage {
    public static func html(for result: RunResult) -> String {
        let signals = Signals(result.series)
        let events = NumberedEvents(result.events)
        let end = end(of: result)
        let time = TimeAxis(end: end, intervals: 10)
        let tables = TableSection(result: result, events: events, time: time)
        let names = NamedSignals(outcomes: result.outcomes, look: result.look, in: signals)
        let charts = ChartSection(signals: signals, events: events, names: names, end: end)
        let worlds = result.comparison.map { TwoWorldsSection($0, real: signals, events: events, end: end).html }
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>\(result.scenario): \(Verdict(result).headline)</title>
            <style>\(HTML(trusted: PageStyle.css))</style>
            </head>
            <body>
            <main>
            \(SummarySection(result: result, signals: signals, time: time).html)\
            \(charts.rack)\(tables.majorEvents)\(tables.expectations)\(worlds ?? .empty)\(charts.trays)\(charts.named)\(charts.states)\(charts.surroundings)\
            \(TreeSection(tree: result.tree).html)\(tables.buses)\(tables.allEvents)\(tables.settings)</main>
            <script>\(HTML(trusted: PageScript.javaScript))</script>
            </body>
            </html>

            """
        return page.markup
    }

    /// An interrupted run is drawn as far as it came.
    private static func end(of result: RunResult) -> Double {
        let reached = result.reached.isFinite ? result.reached : 0
        let last = result.series.lazy.compactMap { $0.buckets.last?.at }.max() ?? 0
        return max(reached, last, 1e-3)
    }
}
