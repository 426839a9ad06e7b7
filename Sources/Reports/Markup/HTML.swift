/// A piece of markup. Text that is interpolated is escaped, markup is not, so a name from a scenario cannot become a tag:
/// `"<td>\(name)</td>"` is safe whatever the name is.
struct HTML: ExpressibleByStringInterpolation, Sendable {
    private(set) var markup: String

    static let empty: HTML = ""

    init(stringLiteral value: String) { markup = value }

    init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

    /// Markup that this program made itself: style sheet, script, path data.
    init(trusted markup: String) { self.markup = markup }

    init(joining pieces: [HTML], separator: String = "\n") {
        markup = pieces.map(\.markup).joined(separator: separator)
    }

    typealias StringInterpolation = Interpolation

    struct Interpolation: StringInterpolationProtocol {
        fileprivate(set) var markup = ""

        init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }

        mutating func appendLiteral(_ literal: String) { markup += literal }
        mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }
        mutating func appendInterpolation(_ html: HTML) { markup += html.markup }
        mutating func appendInterpolation(_ number: Int) { markup += String(number) }
        mutating func appendInterpolation(_ number: UInt64) { markup += String(number) }
        mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { markup += piece.markup }
        }
    }

    /// The five characters with a meaning in HTML and XML become references. Control characters are not allowed in XML
    /// and invisible in HTML: they become the replacement character.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            default: result.unicodeScalars.append(isPrintable(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return result
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: false
        // Marks that reverse the direction of the text after them could make a verdict read backwards.
        case 0x202A...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
