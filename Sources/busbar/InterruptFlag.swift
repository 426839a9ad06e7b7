internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import Synchronization

/// Turns Ctrl-C and a polite kill into a flag, so that a run can end with its report.
final class InterruptFlag: Sendable {
    private let raised = Atomic<Bool>(false)

    var isRaised: Bool { raised.load(ordering: .relaxed) }

    func raise() { raised.store(true, ordering: .relaxed) }

    /// From now on SIGINT, SIGTERM and SIGHUP raise the flag; a second signal ends the process at once. Who was called by
    /// nohup goes on ignoring SIGHUP. The sources must be kept as long as signals are to be heard.
    func watch() -> [any DispatchSourceSignal] {
        var numbers = [SIGINT, SIGTERM]
        var present = sigaction()
        let isIgnored =
            sigaction(SIGHUP, nil, &present) == 0
            && unsafeBitCast(present.__sigaction_handler.sa_handler, to: Int.self)
                == unsafeBitCast(SIG_IGN, to: Int.self)
        if !isIgnored { numbers.append(SIGHUP) }
        return numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in
                // Not `exit`: the main thread may be in the midst of a file.
                if isRaised { _exit(ExitStatus.interrupted.rawValue) }
                raise()
            }
            source.resume()
            return source
        }
    }
}
