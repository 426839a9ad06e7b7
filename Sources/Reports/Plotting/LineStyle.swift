/// How a line looks. Colour never stands alone: lines of one plot differ in dash or weight too, for print and for
/// readers who tell colours apart badly. The hues follow Okabe and Ito, Color Universal Design (jfly.uni-koeln.de/color),
/// darkened or lightened in the style sheet for contrast on white and on black.
struct LineStyle: Sendable {
    enum Hue: String, Sendable { case blue, vermilion, orange, green, purple, grey }
    enum Dash: String, Sendable { case solid, dashed, dotted }
    enum Weight: String, Sendable { case thin, regular, bold }

    var hue: Hue
    var dash: Dash = .solid
    var weight: Weight = .regular

    var classes: String { "h-\(hue.rawValue) d-\(dash.rawValue) w-\(weight.rawValue)" }

    /// For a handful of like signals, in order.
    static let palette: [LineStyle] = [
        LineStyle(hue: .blue), LineStyle(hue: .vermilion, dash: .dashed), LineStyle(hue: .green, dash: .dotted),
        LineStyle(hue: .purple), LineStyle(hue: .orange, dash: .dashed), LineStyle(hue: .grey, dash: .dotted),
    ]
}
