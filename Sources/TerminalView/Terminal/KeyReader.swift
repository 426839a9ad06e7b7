/// What a person wants who presses a key.
enum KeyCommand: Equatable {
    case end
    case pause
    case help
    case redraw
    /// Lines to scroll by; pages are for the view to measure.
    case scroll(Int)
    case page(Int)
    case first
    case last
}

/// Turns octets of a keyboard into commands, whatever lumps they come in.
///
/// Cursor keys are `ESC [ A` or, in application mode, `ESC O A` (ECMA-48 and DEC's VT100); what is not known is
/// swallowed whole, so that a function key is not taken for letters.
struct KeyReader {
    private enum State { case ground, escape, sequence }
    private var state = State.ground
    private var parameter = 0

    mutating func take(_ octet: UInt8) -> KeyCommand? {
        switch (state, octet) {
        case (_, 0x1B):
            state = .escape
            return nil
        case (.escape, UInt8(ascii: "[")), (.escape, UInt8(ascii: "O")):
            state = .sequence
            parameter = 0
            return nil
        case (.escape, _):
            state = .ground
            return nil
        case (.sequence, UInt8(ascii: "0")...UInt8(ascii: "9")):
            parameter = min(999, parameter * 10 + Int(octet - UInt8(ascii: "0")))
            return nil
        case (.sequence, 0x20...0x3F): return nil
        case (.sequence, _):
            state = .ground
            return Self.command(final: octet, parameter: parameter)
        case (.ground, _): return Self.command(key: octet)
        }
    }

    private static func command(key: UInt8) -> KeyCommand? {
        switch key {
        case UInt8(ascii: "q"), UInt8(ascii: "Q"): .end
        case UInt8(ascii: "p"), UInt8(ascii: "P"): .pause
        case UInt8(ascii: "?"), UInt8(ascii: "h"): .help
        case UInt8(ascii: "j"): .scroll(1)
        case UInt8(ascii: "k"): .scroll(-1)
        case UInt8(ascii: " "): .page(1)
        case UInt8(ascii: "g"): .first
        case UInt8(ascii: "G"): .last
        case 0x0C: .redraw
        default: nil
        }
    }

    private static func command(final: UInt8, parameter: Int) -> KeyCommand? {
        switch (final, parameter) {
        case (UInt8(ascii: "A"), _): .scroll(-1)
        case (UInt8(ascii: "B"), _): .scroll(1)
        case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), 1): .first
        case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), 4): .last
        case (UInt8(ascii: "~"), 5): .page(-1)
        case (UInt8(ascii: "~"), 6): .page(1)
        default: nil
        }
    }
}
