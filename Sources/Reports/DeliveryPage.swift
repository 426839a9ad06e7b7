public import Delivery

/// The page of a forecast: when racks are energised, what they wait for, and what second sources change.
public enum DeliveryPage {
    public static func html(for forecast: DeliveryForecast, command: String, version: String) -> String {
        let section = DeliverySection(forecast: forecast)
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>Bring-up: \(forecast.bill.name)</title>
            <style>\(HTML(trusted: PageStyle.css))</style>
            </head>
            <body>
            <main>
            <header>
            <p class="kicker">Busbar bring-up forecast</p>
            <h1>\(forecast.bill.name)</h1>
            <p class="lead">\(forecast.bill.says)</p>
            </header>
            \(section.html)\
            <section><h2>How to repeat it</h2><pre>\(command)</pre><p class="says">Busbar \(version)</p></section>
            </main>
            <script>\(HTML(trusted: PageScript.javaScript))</script>
            </body>
            </html>

            """
        return page.markup
    }
}
