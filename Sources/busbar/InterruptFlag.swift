internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import Synchronization
internal import TerminalView

/// Turns Ctrl-C and a polite kill into a flag, so that a run can end with its report.
final class InterruptFlag: Sendable {
    private let raised = Atomic<Bool>(false)

    var isRaised: Bool { raised.load(ordering: .relaxed) }

    func raise() { raised.store(true, ordering: .relaxed) }

    static let usual = [SIGINT, SIGTERM]

    /// What a terminal sends that closes, unless the caller wants it ignored, as nohup does.
    static var hangUp: [Int32] {
        var action = sigaction()
        sigaction(SIGHUP, nil, &action)
        let isIgnored = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
        return isIgnored ? [] : [SIGHUP]
    }

    /// From now on SIGINT, SIGTERM and SIGHUP, or the given signals, raise the flag; a second signal ends the process at
    /// once. The sources must be kept as long as signals are to be heard.
    func watch(_ signals: [Int32] = usual + hangUp) -> [any DispatchSourceSignal] {
        signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in
                // Not `exit`: the main thread may be in the midst of a file.
                if isRaised {
                    LiveView.restoreTerminal()
                    _exit(ExitStatus.interrupted.rawValue)
                }
                raise()
            }
            source.resume()
            return source
        }
    }
}
