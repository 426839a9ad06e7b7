/// The characters that bars and plots are made of.
struct Glyphs {
    let full: Unicode.Scalar
    /// Power above its cap or budget.
    let over: Unicode.Scalar
    let empty: Unicode.Scalar
    /// Where cap or budget stands in a bar.
    let mark: Unicode.Scalar
    /// The budget in a plot.
    let line: Unicode.Scalar
    /// A cell filled from below by 1 to 7 eighths; fewer entries mean coarser steps.
    let partial: [Unicode.Scalar]

    static let blocks = Glyphs(
        full: "█", over: "▓", empty: "·", mark: "┃", line: "─", partial: ["▁", "▂", "▃", "▄", "▅", "▆", "▇"])
    static let ascii = Glyphs(full: "#", over: "!", empty: ".", mark: "|", line: "-", partial: ["_", "="])
}
