/// How a cell is drawn. Colour never says anything that a word or mark beside it does not say too.
enum Ink: UInt8 {
    case plain
    case dim
    case heading
    case bar
    case good
    case cap
    case warning
    case alarm

    /// Select Graphic Rendition of ECMA-48, section 8.3.117, after a reset.
    func rendition(isColoured: Bool) -> StaticString {
        switch self {
        case .plain: "\u{1B}[0m"
        case .dim: "\u{1B}[0;2m"
        case .heading: "\u{1B}[0;1m"
        case .bar: "\u{1B}[0;7m"
        case .good: isColoured ? "\u{1B}[0;32m" : "\u{1B}[0m"
        case .cap: isColoured ? "\u{1B}[0;36m" : "\u{1B}[0;1m"
        case .warning: isColoured ? "\u{1B}[0;33m" : "\u{1B}[0;1m"
        case .alarm: isColoured ? "\u{1B}[0;1;31m" : "\u{1B}[0;1m"
        }
    }
}
