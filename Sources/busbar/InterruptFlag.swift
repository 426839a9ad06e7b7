internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import Synchronization
internal import TerminalView

/// Turns Ctrl-C and a polite kill into a flag, so that a run can end with its report.
///
/// A second signal ends the process at once, for whoever does not want to wait for that report; but only when it comes
/// `repetition` or more after the first. `timeout` sends its signal to the process and once more to its group, a terminal
/// that closes hangs up both, and two such signals within milliseconds are one wish.
final class InterruptFlag: Sendable {
    /// What is done, and what is said, when the process ends at once.
    struct Parting {
        var words = "no report was written"
        /// Called on a thread of its own, while the others go on.
        var save: @Sendable () -> Void = {}
    }

    private let raised = Atomic<Bool>(false)
    private let raisedAt = Mutex<ContinuousClock.Instant?>(nil)
    private let parting = Mutex(Parting())

    /// From the first signal to the first that counts as another. Arbitrary: longer than any program takes to repeat
    /// itself, shorter than a person's patience.
    private static let repetition = Duration.seconds(1)
    /// What is to be saved has so long, for a file system that hangs. Arbitrary.
    private static let patience = DispatchTimeInterval.seconds(1)
    /// Milliseconds for an error stream that takes nothing. Arbitrary.
    private static let errorPatience: Int32 = 200

    var isRaised: Bool { raised.load(ordering: .relaxed) }

    func raise() {
        raisedAt.withLock { $0 = $0 ?? ContinuousClock.now }
        raised.store(true, ordering: .relaxed)
    }

    /// From now on a process that ends at once says "left at once; " and these words, after `save`.
    func part(saying words: String, saving save: @escaping @Sendable () -> Void = {}) {
        parting.withLock { $0 = Parting(words: words, save: save) }
    }

    static let usual = [SIGINT, SIGTERM]

    /// What a terminal sends that closes, unless the caller wants it ignored, as nohup does.
    static var hangUp: [Int32] {
        var action = sigaction()
        sigaction(SIGHUP, nil, &action)
        let isIgnored = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
        return isIgnored ? [] : [SIGHUP]
    }

    /// From now on SIGINT, SIGTERM and SIGHUP, or the given signals, raise the flag; a second one ends the process at
    /// once. The sources must be kept as long as signals are to be heard.
    func watch(_ signals: [Int32] = usual + hangUp) -> [any DispatchSourceSignal] {
        // One after the other: which of two is the first must be beyond doubt.
        let queue = DispatchQueue(label: "signals", qos: .userInitiated)
        return signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [self] in
                guard isRaised else {
                    raise()
                    return
                }
                let first = raisedAt.withLock { $0 } ?? .now
                if ContinuousClock.now - first >= Self.repetition { leaveAtOnce() }
            }
            source.resume()
            return source
        }
    }

    /// Not `exit`: the main thread may be in the midst of a file.
    private func leaveAtOnce() -> Never {
        let parting = parting.withLock { $0 }
        let isSaved = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            parting.save()
            isSaved.signal()
        }
        _ = isSaved.wait(timeout: .now() + Self.patience)
        LiveView.leaveForGood()
        var stream = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        if poll(&stream, 1, Self.errorPatience) == 1 { StandardStreams.error("left at once; \(parting.words)") }
        _exit(ExitStatus.interrupted.rawValue)
    }
}
