internal import ArgumentParser
internal import Foundation
internal import ModbusMaster

/// A folder of files that grow, for one process alone: a second one would replace the reports and the telemetry of the
/// first under its hands.
///
/// The claim is a lock (`flock`) on the folder itself: the kernel ends it with its process, however that ends, so that
/// what a dead one left can be used again. A file system that locks no folders leaves the folder to everybody.
final class FolderClaim {
    private let descriptor: CInt

    /// Says whose the folder is, and ends the command with 74, where another process has it.
    init(_ path: String) throws(ExitCode) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return }
        let holder = PlaceHolder.user(of: path) ?? PlaceHolder(process: 0)
        StandardStreams.error(
            "\(path): in use by \(holder), which writes there; wait for its end, or choose another folder with --out")
        throw ExitStatus.inputOutput
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
