import Foundation
import Testing
import Units

@testable import TerminalView

/// A pseudo-terminal whose far end a person would sit at. One view at a time: a process has one terminal to give back.
@Suite(.serialized) struct LiveViewTests {
    private final class Person {
        let near: Int32
        private let far: Int32

        init(width: UInt16 = 80, height: UInt16 = 24) throws {
            var (far, near): (Int32, Int32) = (-1, -1)
            var size = winsize(ws_row: height, ws_col: width, ws_xpixel: 0, ws_ypixel: 0)
            try #require(openpty(&far, &near, nil, nil, &size) == 0)
            _ = fcntl(far, F_SETFL, O_NONBLOCK)
            self.far = far
            self.near = near
        }

        deinit {
            close(near)
            close(far)
        }

        /// Follows what was sent, on its way through the pseudo-terminal: the system hands octets on when it likes, so
        /// that those which are there at an instant need not be all. RS, which no view sends.
        private static let mark: UInt8 = 0x1E
        /// For a machine under load, in milliseconds; nothing waits so long unless it fails.
        private static let patience: Int32 = 60_000

        /// Everything that was sent since it was last asked.
        func seen() -> [UInt8] {
            var octets: [UInt8] = []
            var lump = [UInt8](repeating: 0, count: 65_536)
            var isMarked = false
            while octets.last != Self.mark {
                // A terminal that is full takes the mark once it was read from.
                if !isMarked, Self.isReady(near, for: POLLOUT, within: 0) {
                    isMarked = write(near, [Self.mark], 1) == 1
                }
                guard Self.isReady(far, for: POLLIN, within: Self.patience) else {
                    Issue.record("what was sent did not come")
                    return octets
                }
                let count = read(far, &lump, lump.count)
                octets += lump.prefix(max(0, count))
            }
            return octets.dropLast()
        }

        /// Returns when the keys can be read.
        func type(_ text: String) {
            let keys = Array(text.utf8)
            #expect(write(far, keys, keys.count) == keys.count)
            var waiting: Int32 = 0
            while waiting < keys.count {
                guard Self.isReady(near, for: POLLIN, within: Self.patience), ioctl(near, UInt(FIONREAD), &waiting) == 0
                else {
                    Issue.record("what was typed did not come")
                    return
                }
            }
        }

        private static func isReady(_ descriptor: Int32, for event: Int32, within milliseconds: Int32) -> Bool {
            var request = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            return poll(&request, 1, milliseconds) == 1
        }

        func resize(width: UInt16, height: UInt16) {
            var size = winsize(ws_row: height, ws_col: width, ws_xpixel: 0, ws_ypixel: 0)
            _ = ioctl(far, UInt(TIOCSWINSZ), &size)
        }

        var localModes: tcflag_t {
            var settings = termios()
            tcgetattr(near, &settings)
            return settings.c_lflag
        }

        func view() -> LiveView? {
            LiveView(output: near, input: near, environment: ["TERM": "xterm", "LANG": "C.UTF-8"])
        }
    }

    /// What comes of a frame, though the pseudo-terminal may not take all of it at once.
    private func frame(of view: LiveView, for person: Person, at start: Instant) -> [UInt8] {
        var octets: [UInt8] = []
        var now = start
        while true {
            _ = view.tick(at: now) { Racks.served() }
            let more = person.seen()
            if more.isEmpty { return octets }
            octets += more
            // Until the next frame is due.
            now += .milliseconds(200)
        }
    }

    private func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }

    @Test func `the terminal is as it was when the view is closed`() throws {
        let person = try Person()
        let before = person.localModes
        let view = try #require(person.view())
        #expect(person.seen().isEmpty)
        #expect(view.tick(at: .start) { Racks.served() })
        let drawn = text(person.seen())
        #expect(drawn.hasPrefix("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l") && drawn.contains("first-light"))
        #expect(person.localModes & tcflag_t(ICANON | ECHO) == 0 && person.localModes & tcflag_t(ISIG) != 0)
        view.close()
        #expect(text(person.seen()) == "\u{1B}[0m\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l")
        #expect(person.localModes == before)
        view.close()
        #expect(view.tick(at: .start + .seconds(9)) { Racks.served() } && person.seen().isEmpty)
    }

    @Test func `after a signal to continue, the terminal is given back as it was before the view, drawn anew or not`()
        throws
    {
        for isDrawn in [true, false] {
            let person = try Person()
            let before = person.localModes
            let view = try #require(person.view())
            _ = view.tick(at: .start) { Racks.served() }
            _ = person.seen()
            TerminalGuard.noteContinuation()
            if isDrawn {
                _ = view.tick(at: .start + .milliseconds(60)) { Racks.served() }
                #expect(text(person.seen()).hasPrefix("\u{1B}[?1049h"))
                #expect(person.localModes & tcflag_t(ICANON | ECHO) == 0)
            }
            view.close()
            #expect(text(person.seen()).hasSuffix("\u{1B}[?25h\u{1B}[?1049l") && person.localModes == before)
            // It is the process's: the next view must not find it.
            _ = TerminalGuard.takeContinuation()
        }
    }

    @Test func `once the end has begun, a signal to continue sets nothing anew`() throws {
        let person = try Person()
        let before = person.localModes
        let view = try #require(person.view())
        _ = view.tick(at: .start) { Racks.served() }
        _ = person.seen()
        view.isEnding = true
        TerminalGuard.noteContinuation()
        _ = view.tick(at: .start + .milliseconds(60)) { Racks.served() }
        #expect(person.seen().isEmpty)
        view.close()
        #expect(text(person.seen()) == "\u{1B}[0m\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l" && person.localModes == before)
    }

    @Test func `a view that is dropped gives the terminal back`() throws {
        let person = try Person()
        let before = person.localModes
        do {
            let view = try #require(person.view())
            _ = view.tick(at: .start) { Racks.served() }
        }
        #expect(text(person.seen()).hasSuffix("\u{1B}[?1049l") && person.localModes == before)
    }

    @Test func `frames come at their pace, and only then is the rack asked`() throws {
        let person = try Person()
        let view = try #require(person.view())
        var asked = 0
        for millisecond in 0..<1000 {
            _ = view.tick(at: .start + .milliseconds(Int64(millisecond))) {
                asked += 1
                return Racks.served()
            }
        }
        #expect(asked == 5)
        // Nothing changed after the first frame.
        var screen = Screen(width: 80, height: 24)
        screen.take(person.seen())
        #expect(screen.lines[1].hasPrefix("power 24.12 kW"))
        view.close()
    }

    @Test func `q asks for the end`() throws {
        let person = try Person()
        let view = try #require(person.view())
        #expect(view.tick(at: .start) { Racks.served() })
        person.type("q")
        #expect(!view.tick(at: .start + .milliseconds(60)) { Racks.served() })
        view.close()
    }

    @Test func `p holds the picture, and says so`() throws {
        let person = try Person()
        let view = try #require(person.view())
        var screen = Screen(width: 80, height: 24)
        func frame(_ seconds: Int64, watts: Int64) -> String {
            _ = view.tick(at: .start + .seconds(seconds)) {
                var snapshot = Racks.served()
                snapshot.power = .watts(watts)
                return snapshot
            }
            screen.take(person.seen())
            return screen.text
        }
        _ = frame(1, watts: 20_000)
        person.type("p")
        #expect(frame(2, watts: 21_000).contains("PAUSED"))
        let held = frame(3, watts: 22_000)
        #expect(held.contains("power 21.00 kW") && held.contains("p go on"))
        person.type("p")
        #expect(frame(4, watts: 23_000).contains("power 23.00 kW"))
        view.close()
    }

    @Test func `arrows scroll the trays, and stop at their ends`() throws {
        let person = try Person()
        let view = try #require(person.view())
        var screen = Screen(width: 80, height: 24)
        func frame(_ seconds: Int64, _ keys: String) -> String {
            person.type(keys)
            _ = view.tick(at: .start + .seconds(seconds)) { Racks.served(trays: 60) }
            screen.take(person.seen())
            return screen.text
        }
        #expect(frame(1, "").contains("\ntray-1 "))
        let second = frame(2, "\u{1B}[B")
        #expect(!second.contains("\ntray-1 ") && second.contains("\ntray-2 "))
        #expect(frame(3, "G").contains("\ntray-60 "))
        #expect(frame(4, "jjjk").contains("\ntray-59 "))
        #expect(frame(5, "kkkkg").contains("\ntray-1 "))
        view.close()
    }

    @Test func `a terminal of another size is drawn anew to its edges`() throws {
        let person = try Person()
        let view = try #require(person.view())
        _ = frame(of: view, for: person, at: .start + .seconds(1))
        person.resize(width: 160, height: 50)
        var screen = Screen(width: 160, height: 50)
        screen.take(frame(of: view, for: person, at: .start + .seconds(2)))
        #expect(screen.lines[49].contains("q end") && screen.lines[0].count > 150)
        view.close()
    }

    @Test func `a terminal that takes nothing holds nobody up, and shows the truth when it takes again`() throws {
        let person = try Person(width: 200, height: 60)
        let view = try #require(person.view())
        for second in 1...200 {
            _ = view.tick(at: .start + .seconds(Int64(second))) {
                var snapshot = Racks.served(trays: 40)
                snapshot.power = .watts(20_000 + Int64(second))
                for index in snapshot.trays.indices { snapshot.trays[index].power = .watts(Int64(second * 10 + index)) }
                return snapshot
            }
        }
        var screen = Screen(width: 200, height: 60)
        var octets = person.seen()
        for second in 201...204 {
            _ = view.tick(at: .start + .seconds(Int64(second))) {
                var snapshot = Racks.served(trays: 40)
                snapshot.power = .watts(30_000)
                return snapshot
            }
            octets += person.seen()
        }
        screen.take(octets)
        #expect(screen.lines[1].hasPrefix("power 30.00 kW"))
        view.close()
    }

    @Test func `without a terminal there is no view`() throws {
        let pipe = Pipe()
        let output = pipe.fileHandleForWriting.fileDescriptor
        #expect(LiveView(output: output, input: 0, environment: ["TERM": "xterm"]) == nil)
        let person = try Person()
        #expect(LiveView(output: person.near, input: person.near, environment: ["TERM": "dumb"]) == nil)
    }

    @Test func `without keys the footer names the signal`() throws {
        let person = try Person()
        let pipe = Pipe()
        let input = pipe.fileHandleForReading.fileDescriptor
        let view = try #require(LiveView(output: person.near, input: input, environment: ["TERM": "xterm"]))
        _ = view.tick(at: .start) { Racks.served() }
        var screen = Screen(width: 80, height: 24)
        screen.take(person.seen())
        #expect(screen.lines[23] == "Ctrl-C end")
        view.close()
    }
}
