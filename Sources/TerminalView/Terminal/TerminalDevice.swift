internal import Glibc

/// The two ends of a terminal: where is drawn, and where keys come from.
///
/// Purpose: never to hold up the caller, who may be serving sockets from the same thread. The terminal is opened anew for
/// writing without waiting: that flag on the standard stream itself would be felt by every program that shares it.
/// A terminal that does not take what is written (Ctrl-S, a slow line) keeps its rest here, and nothing new is drawn
/// meanwhile; one that is gone is not written to again.
final class TerminalDevice {
    /// ECMA-48 and xterm's private modes: the other screen, no cursor, no wrapping at the last column.
    static let entering: StaticString = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l"
    static let leaving: StaticString = "\u{1B}[0m\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

    private let output: Int32
    private let isOwnOutput: Bool
    /// -1 where no keys can be read.
    private var input: Int32
    private var saved = termios()
    private var pending: [UInt8] = []
    private(set) var isGone = false
    /// Whether the other screen is on.
    private(set) var isEntered = false
    /// Whether others may have changed what was set meanwhile.
    private var isForgotten = false

    /// `nil` when `output` is no terminal.
    init?(output: Int32, input: Int32) {
        guard isatty(output) == 1 else { return nil }
        var name = [CChar](repeating: 0, count: 256)
        let own =
            ttyname_r(output, &name, name.count) == 0
            ? open(name, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1
        isOwnOutput = own >= 0
        self.output = own >= 0 ? own : output
        self.input = isatty(input) == 1 ? input : -1
    }

    deinit { if isOwnOutput { close(output) } }

    var hasKeys: Bool { input >= 0 }

    /// False while a shell has put this program into the background: then the terminal belongs to others.
    var isInForeground: Bool {
        let group = tcgetpgrp(output)
        // No terminal of this session: there is no job control either.
        return group < 0 || group == getpgrp()
    }

    /// Whether Ctrl-Z may come from here.
    var isControlling: Bool { tcgetpgrp(output) >= 0 }

    /// Columns and rows; 80 x 24 from a terminal that does not tell.
    var size: (width: Int, height: Int) {
        var size = winsize()
        guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        // No screen is larger; it bounds a frame's memory. Arbitrary.
        return (min(1000, Int(size.ws_col)), min(500, Int(size.ws_row)))
    }

    // MARK: Drawing

    /// Whether the terminal is to be set before anything is drawn.
    var wantsEntering: Bool { !isEntered || isForgotten }

    /// Switches to the other screen, and the keyboard to single keys without echo. Signals by Ctrl-C and Ctrl-Z stay.
    func enter() {
        guard wantsEntering, !isGone, !TerminalGuard.isOver else { return }
        if input >= 0 {
            // What is found there now was set here, unless it was given back since.
            if isEntered || tcgetattr(input, &saved) == 0 {
                var single = saved
                single.c_lflag &= ~tcflag_t(ICANON | ECHO)
                // Ctrl-S would freeze the picture and nothing else.
                single.c_iflag &= ~tcflag_t(IXON)
                withUnsafeMutableBytes(of: &single.c_cc) { keys in
                    keys[Int(VMIN)] = 0
                    keys[Int(VTIME)] = 0
                }
                if tcsetattr(input, TCSANOW, &single) != 0 { input = -1 }
            } else {
                input = -1
            }
        }
        isEntered = true
        isForgotten = false
        TerminalGuard.arm(output: output, input: input, saved: saved)
        write(Self.entering)
    }

    /// Everything as it was. What is still on its way gets a moment.
    func leave() {
        guard isEntered else { return }
        isEntered = false
        isForgotten = false
        // The sequence would be garbage within a half-sent one.
        for _ in 0..<Self.patience where !flush() { waitForRoom() }
        if !pending.isEmpty { tcflush(output, TCOFLUSH) }
        pending.removeAll()
        TerminalGuard.restore()
    }

    /// Tries to wait 20 ms each for a terminal that does not take its octets, before they are dropped. Arbitrary.
    private static let patience = 10

    private func waitForRoom() {
        var request = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, 20)
    }

    /// The terminal did things behind our back: the picture and its modes must be set again. What it was before all that
    /// is kept, and given back even if nothing is drawn any more.
    func forget() {
        isForgotten = true
        pending.removeAll()
    }

    func write(_ text: StaticString) {
        write(Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)))
    }

    func write(_ octets: [UInt8]) {
        pending += octets
        flush()
    }

    /// True when nothing waits any more.
    @discardableResult
    func flush() -> Bool {
        while !pending.isEmpty, !isGone, !TerminalGuard.isOver {
            let count = Glibc.write(output, pending, pending.count)
            if count > 0 {
                pending.removeFirst(count)
            } else if count < 0, errno == EAGAIN {
                return false
            } else if count < 0, errno != EINTR {
                isGone = true
                pending.removeAll()
            }
        }
        return true
    }

    // MARK: Keys

    /// What was typed since it was last asked.
    func typed() -> [UInt8] {
        guard input >= 0 else { return [] }
        var octets = [UInt8](repeating: 0, count: 64)
        let count = read(input, &octets, octets.count)
        if count < 0, errno != EINTR, errno != EAGAIN { input = -1 }
        return Array(octets.prefix(max(0, count)))
    }
}
