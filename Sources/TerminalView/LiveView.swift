internal import Glibc
public import Units

/// A running rack, drawn in place in a terminal.
///
/// Purpose: show a person at a glance whether the rack holds its budget, and what its trays and buses do. The owner
/// calls `tick` as often as it likes, from one thread; a call at which nothing is due costs a comparison. Nothing
/// here waits: a terminal that takes no more octets skips frames. Intended behaviour: the other screen of the terminal
/// is used, so that what was there before is there again afterwards; size, foreground and keys are looked at with
/// every frame; Ctrl-Z gives the terminal back, and the return from it draws anew. When the terminal is gone the view
/// is over and its owner goes on.
public final class LiveView {
    /// Between two frames: 5 Hz. Arbitrary, in the range at which figures can still be read.
    private static let framePeriod = Interval.milliseconds(200)
    /// Between two looks at the keys: below what is felt as delay. Arbitrary.
    private static let keyPeriod = Interval.milliseconds(50)

    private let device: TerminalDevice
    private let style: TerminalStyle
    private var keys = KeyReader()
    private var choice = ViewChoice()
    private var history = PowerHistory()
    private var shown: Canvas?
    private var frozen: (snapshot: LiveSnapshot, history: PowerHistory)?
    private var nextLook = Instant(rawValue: .min)
    private var nextFrame = Instant(rawValue: .min)
    private var pageLength = 1
    private var trayCount = 0
    private var isClosed = false
    private var wantsEnd = false

    /// Whether the end has begun: the picture goes on until `close`, and a signal to continue, which those that end
    /// programs send too, sets nothing anew.
    public var isEnding = false

    /// A view on a terminal; the first frame comes with the first `tick`.
    ///
    /// - Parameters:
    ///   - output: where to draw. `nil` comes back when it is no terminal, when `TERM` says that nothing can be placed on
    ///     it (absent or `dumb`), or when this program runs in the background.
    ///   - input: where keys come from; without a terminal there are no keys.
    ///   - environment: `TERM`, `NO_COLOR`, `LC_ALL`, `LC_CTYPE` and `LANG` are looked at.
    public init?(output: Int32 = 1, input: Int32 = 0, environment: [String: String]) {
        guard let style = TerminalStyle(environment: environment),
            let device = TerminalDevice(output: output, input: input), device.isInForeground
        else { return nil }
        self.device = device
        self.style = style
        TerminalGuard.watch(jobControl: device.isControlling)
    }

    deinit { close() }

    /// Draws if it is time, and looks at the keys. False when the person wants the run to end; that may be asked again.
    ///
    /// - Parameters:
    ///   - now: a reading of a clock that never goes back, such as the machine's monotonic one.
    ///   - snapshot: asked for when a frame is due, and only then.
    public func tick(at now: Instant, snapshot: () -> LiveSnapshot) -> Bool {
        guard !isClosed, !device.isGone else { return !wantsEnd }
        if TerminalGuard.takeSuspension() { suspend() }
        if TerminalGuard.takeContinuation(), !isEnding { device.forget() }
        guard now >= nextLook else { return !wantsEnd }
        nextLook = now + Self.keyPeriod
        guard device.isInForeground else { return !wantsEnd }
        if device.wantsEntering {
            device.enter()
            choice.hasKeys = device.hasKeys
            shown = nil
        }
        var isTouched = false
        for octet in device.typed() {
            guard let command = keys.take(octet) else { continue }
            obey(command)
            isTouched = true
        }
        guard isTouched || now >= nextFrame, device.flush() else { return !wantsEnd }
        nextFrame = now + Self.framePeriod
        draw(snapshot(), at: now)
        return !wantsEnd
    }

    /// Gives the terminal back as it was. Nothing is drawn afterwards.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        if device.isInForeground { device.leave() }
    }

    /// Gives back the terminal of whatever view is open, and draws nothing any more: for the moment before a program ends
    /// in haste. From any thread.
    public static func leaveForGood() { TerminalGuard.restoreForGood() }

    private func obey(_ command: KeyCommand) {
        switch command {
        case .end: wantsEnd = true
        case .pause: choice.isPaused.toggle()
        case .help: choice.showsHelp.toggle()
        case .redraw: shown = nil
        case .scroll(let lines): choice.firstTray += lines
        case .page(let pages): choice.firstTray += pages * pageLength
        case .first: choice.firstTray = 0
        case .last: choice.firstTray = trayCount
        }
        choice.firstTray = FrameDrawing.firstTray(wanted: choice.firstTray, rows: pageLength, of: trayCount)
        if !choice.isPaused { frozen = nil }
    }

    private func draw(_ snapshot: LiveSnapshot, at now: Instant) {
        history.take(power: snapshot.power, budget: snapshot.budgetInForce, at: now)
        if choice.isPaused, frozen == nil { frozen = (snapshot, history) }
        let (seen, past) = frozen ?? (snapshot, history)
        let (width, height) = device.size
        let frame = FrameDrawing(
            seen, history: past, glyphs: style.glyphs, choice: choice, width: width, height: height)
        trayCount = seen.trays.count
        pageLength = frame.trayRows
        var encoding = CanvasEncoding(isColoured: style.isColoured)
        encoding.append(frame.canvas, after: shown)
        shown = frame.canvas
        if !encoding.octets.isEmpty { device.write(encoding.octets) }
    }

    /// Ctrl-Z: the shell gets its terminal, and this program stops until it is continued.
    private func suspend() {
        device.leave()
        // Signals are delivered before this returns; whatever follows runs after the return to life.
        kill(getpid(), SIGSTOP)
        nextLook = Instant(rawValue: .min)
    }
}
