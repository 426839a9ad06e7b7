/// How a line looks. Colour never stands alone: lines of one plot differ in dash or weight too, for print and for
/// readers who tell colours apart badly. The hues follow Okabe and Ito, Color Universal Design (jfly.uni-koeln.de/color),
/// and Tol's wine (personal.sron.nl/~pault), darkened or lightened in the style sheet for contrast on white and on black.
struct LineStyle: Hashable, Sendable {
    enum Hue: String, Sendable { case blue, vermilion, orange, green, purple, grey, ink, sky, wine }
    /// `chain` is a dash and a dot in turn.
    enum Dash: String, Sendable { case solid, dashed, dotted, chain, long }
    enum Weight: String, Sendable { case thin, regular, bold }

    var hue: Hue
    var dash: Dash = .solid
    var weight: Weight = .regular

    var classes: String { "h-\(hue.rawValue) d-\(dash.rawValue) w-\(weight.rawValue)" }

    /// For like signals, in order: no two of a hue, and hues that are close to some readers, such as blue and purple or
    /// vermilion and green, never with the same dash.
    static let palette: [LineStyle] = [
        LineStyle(hue: .blue), LineStyle(hue: .vermilion, dash: .dashed), LineStyle(hue: .green, dash: .dotted),
        LineStyle(hue: .purple, dash: .chain), LineStyle(hue: .orange), LineStyle(hue: .ink, dash: .long),
        LineStyle(hue: .sky, dash: .dashed), LineStyle(hue: .wine, dash: .dotted),
        LineStyle(hue: .grey, weight: .bold),
    ]

    /// A piece of the line, for legends and tables.
    var swatch: HTML {
        """
        <svg class="swatch" width="28" height="12" aria-hidden="true"><path class="line \(classes)" d="M0 6H28"/></svg>
        """
    }
}
