/// What the terminal may be sent, as its environment says.
struct TerminalStyle {
    let isColoured: Bool
    let glyphs: Glyphs

    /// `nil` where a terminal cannot place its cursor.
    ///
    /// - `TERM` absent, empty or `dumb`: no drawing. `linux`: the console's font lacks most blocks, so ASCII.
    /// - `NO_COLOR` with any value but an empty one: no colours (no-color.org).
    /// - Blocks need a locale in UTF-8: `LC_ALL` counts before `LC_CTYPE` before `LANG` (POSIX.1-2017, section 8.2).
    init?(environment: [String: String]) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let term = value("TERM"), term != "dumb" else { return nil }
        isColoured = value("NO_COLOR") == nil
        let locale = (value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") ?? "").lowercased()
        let isUnicode = locale.contains("utf-8") || locale.contains("utf8")
        glyphs = isUnicode && term != "linux" ? .blocks : .ascii
    }
}
