/// A drawing in SVG: its size in pixels and its elements. Shapes are added in the order in which they are painted.
struct Picture {
    /// What a shape or a text means; the style sheet gives it its colour.
    enum Tone: String {
        case supply, backup, tray, cooling, controller, frame, lane, event, judged, budget, rule, mark, head, title,
            muted, ink
    }

    enum Anchor: String {
        case start, middle, end
    }

    private(set) var width: Double
    private(set) var height: Double
    private var elements = ""

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ tone: Tone) {
        elements +=
            "<rect class=\"\(tone.rawValue)\" x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" width=\"\(Self.text(width))\" "
            + "height=\"\(Self.text(height))\" rx=\"3\"/>\n"
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ tone: Tone) {
        elements +=
            "<line class=\"\(tone.rawValue)\" x1=\"\(Self.text(x1))\" y1=\"\(Self.text(y1))\" x2=\"\(Self.text(x2))\" "
            + "y2=\"\(Self.text(y2))\"/>\n"
    }

    mutating func dot(_ x: Double, _ y: Double, _ tone: Tone) {
        elements += "<circle class=\"\(tone.rawValue)\" cx=\"\(Self.text(x))\" cy=\"\(Self.text(y))\" r=\"3.5\"/>\n"
    }

    mutating func write(_ words: String, _ x: Double, _ y: Double, _ tone: Tone = .ink, anchor: Anchor = .start) {
        elements +=
            "<text class=\"\(tone.rawValue)\" x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" "
            + "text-anchor=\"\(anchor.rawValue)\">\(Self.escaped(words))</text>\n"
    }

    /// The pictures below one another, at the left edge.
    static func stacked(_ pictures: [Picture]) -> Picture {
        var all = Picture(width: pictures.map(\.width).max() ?? 0, height: 0)
        for picture in pictures {
            all.elements += "<g transform=\"translate(0 \(text(all.height)))\">\n\(picture.elements)</g>\n"
            all.height += picture.height
        }
        return all
    }

    /// The whole file, for a browser or an editor, on paper of its own. In a window that is narrower it shrinks to fit.
    func document(title: String) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.text(width)) \(Self.text(height))" \
        width="\(Self.text(width))" height="\(Self.text(height))" \
        style="max-width:100%;height:auto" role="img">
        <title>\(Self.escaped(title))</title>
        <style>\(Self.style)</style>
        <rect class="paper" width="100%" height="100%"/>
        \(elements)</svg>

        """
    }

    /// Okabe and Ito's colours, told apart by most eyes, in tints for what is large.
    private static let style = """
        text{font:13px system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:#16191d} text.muted{fill:#59626d;font-size:12px}
        text.head{font-size:21px;font-weight:650} text.title{font-size:16px;font-weight:600} .paper{fill:#fff} .frame{fill:#f4f5f7;stroke:#16191d;stroke-width:2}
        rect.supply{fill:#fbe7c6;stroke:#b57a00} rect.backup{fill:#f3dcec;stroke:#a3468a} rect.tray{fill:#dcebf6;stroke:#0069a8}
        rect.cooling{fill:#dcf0e9;stroke:#00805c} rect.controller{fill:#e4e7eb;stroke:#59626d} line.lane{stroke:#6b7480;stroke-width:2}
        circle.lane{fill:#16191d} line.supply{stroke:#b57a00;stroke-width:2.5} circle.supply{fill:#b57a00}
        rect.event{fill:#c74e00} rect.judged{fill:#9ccbb9} rect.budget{fill:#9ec3df} line.rule{stroke:#dfe3e8}
        line.mark{stroke:#59626d}
        """

    private static func text(_ value: Double) -> String { AmountText.number(value) }

    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar.value < 0x20 ? "\u{FFFD}" : scalar)
            }
        }
        return result
    }

    static let lineHeight = 18.0

    /// A text in lines of about this width at most, broken between words.
    static func wrapped(_ text: String, width: Double) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let line = lines.last, textWidth("\(line) \(word)") <= width {
                lines[lines.count - 1] = "\(line) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    /// About how wide a text is; no font is at hand, and a little too wide does no harm.
    static func textWidth(_ text: String) -> Double { Double(text.count) * 7.2 }
}
