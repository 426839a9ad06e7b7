public import RunRecords

/// The page that sets laws side by side: per scenario one table and the plots on common scales.
public enum ComparisonPage {
    public static func html(for comparisons: [LawComparison], command: String, version: String) -> String {
        let laws = comparisons.first?.runs.map(\.law).joined(separator: ", ") ?? ""
        let sections = comparisons.map { ComparisonSection(comparison: $0).html }
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>Laws compared: \(laws)</title>
            <style>\(HTML(trusted: PageStyle.css))</style>
            </head>
            <body>
            <main>
            <header>
            <p class="kicker">Busbar comparison</p>
            <h1>Laws compared</h1>
            <p class="lead">\(laws). The same racks, loads, troubles and seed for each; nothing but the law differs.</p>
            </header>
            \(sections)\
            <section><h2>How to repeat it</h2><pre>\(command)</pre><p class="says">Busbar \(version)</p></section>
            </main>
            <script>\(HTML(trusted: PageScript.javaScript))</script>
            </body>
            </html>

            """
        return page.markup
    }
}
