internal import Glibc
internal import Synchronization

/// Gives the terminal back whatever happens to the program.
///
/// Purpose: a person must never be left without cursor, echo or screen. What stands here is all that a signal handler
/// may touch: `write`, `tcsetattr`, `sigaction`, plain memory and atomics (POSIX.1-2017, section 2.4.3).
enum TerminalGuard {
    private struct Memory {
        var output: Int32 = -1
        var input: Int32 = -1
        var saved = termios()
        var previous: (sigaction, sigaction, sigaction, sigaction, sigaction, sigaction) =
            (sigaction(), sigaction(), sigaction(), sigaction(), sigaction(), sigaction())
    }

    /// One terminal per process. Written while `isArmed` is false, read after it was true.
    nonisolated(unsafe) private static let memory: UnsafeMutablePointer<Memory> = {
        let memory = UnsafeMutablePointer<Memory>.allocate(capacity: 1)
        memory.initialize(to: Memory())
        return memory
    }()
    private static let isArmed = Atomic<Bool>(false)
    private static let hasEnded = Atomic<Bool>(false)
    private static let wasWatched = Atomic<Bool>(false)
    private static let suspension = Atomic<Bool>(false)
    private static let continuation = Atomic<Bool>(false)

    /// From now on `restore` puts this terminal back.
    static func arm(output: Int32, input: Int32, saved: termios) {
        memory.pointee.output = output
        memory.pointee.input = input
        memory.pointee.saved = saved
        isArmed.store(true, ordering: .sequentiallyConsistent)
    }

    /// Puts the terminal back if it is changed; from any thread, and from a signal handler.
    static func restore() {
        guard isArmed.exchange(false, ordering: .sequentiallyConsistent) else { return }
        let text = TerminalDevice.leaving
        _ = write(memory.pointee.output, text.utf8Start, text.utf8CodeUnitCount)
        if memory.pointee.input >= 0 { tcsetattr(memory.pointee.input, TCSANOW, &memory.pointee.saved) }
    }

    /// Puts the terminal back, and nothing is drawn on it any more; from any thread.
    static func restoreForGood() {
        hasEnded.store(true, ordering: .sequentiallyConsistent)
        restore()
    }

    static var isOver: Bool { hasEnded.load(ordering: .relaxed) }

    // MARK: Signals

    /// What a trap, an invalid access or an abort raises.
    private static let crashes = [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE]

    /// Watches for crashes; with `jobControl` for Ctrl-Z and the return from it too. Once per process.
    static func watch(jobControl: Bool) {
        guard !wasWatched.exchange(true, ordering: .sequentiallyConsistent) else { return }
        _ = memory
        withUnsafeMutableBytes(of: &memory.pointee.previous) { raw in
            let previous = raw.assumingMemoryBound(to: sigaction.self)
            for (index, number) in crashes.enumerated() {
                install(number, previous: previous.baseAddress! + index) { TerminalGuard.crashed($0) }
            }
        }
        guard jobControl else { return }
        install(SIGTSTP) { _ in TerminalGuard.suspension.store(true, ordering: .sequentiallyConsistent) }
        install(SIGCONT) { _ in TerminalGuard.noteContinuation() }
        // From the background, a look at the keyboard must fail and not stop the program.
        signal(SIGTTIN, SIG_IGN)
        signal(SIGTTOU, SIG_IGN)
    }

    static func noteContinuation() { continuation.store(true, ordering: .sequentiallyConsistent) }
    static func takeSuspension() -> Bool { suspension.exchange(false, ordering: .sequentiallyConsistent) }
    static func takeContinuation() -> Bool { continuation.exchange(false, ordering: .sequentiallyConsistent) }

    private static func install(
        _ number: Int32, previous: UnsafeMutablePointer<sigaction>? = nil, _ handler: @convention(c) (Int32) -> Void
    ) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        action.sa_flags = Int32(SA_RESTART)
        sigaction(number, &action, previous)
    }

    /// Whoever was there before gets the signal as soon as this handler returns, at the place of the fault.
    private static func crashed(_ number: Int32) {
        restore()
        withUnsafeMutableBytes(of: &memory.pointee.previous) { raw in
            let previous = raw.assumingMemoryBound(to: sigaction.self)
            // Comparisons only: no array, whose storage may be what is broken.
            let index =
                switch number {
                case SIGILL: 0
                case SIGTRAP: 1
                case SIGABRT: 2
                case SIGSEGV: 3
                case SIGBUS: 4
                default: 5
                }
            sigaction(number, previous.baseAddress! + index, nil)
        }
        raise(number)
    }
}
