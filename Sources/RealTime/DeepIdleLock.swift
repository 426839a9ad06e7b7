internal import Glibc

/// Holds /dev/cpu_dma_latency at 0 us, as cyclictest does: the processors stay out of idle states from which they wake up
/// slowly. The request lasts as long as the file is open, so as long as this object (Linux, pm_qos_interface.rst).
public final class DeepIdleLock: Sendable {
    private let file: Int32
    private static let path = "/dev/cpu_dma_latency"

    private init(file: Int32) { self.file = file }

    deinit { close(file) }

    public static func take() -> (lock: DeepIdleLock?, refusal: RealTimeRefusal?) {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        if file >= 0 {
            var microseconds: Int32 = 0
            if write(file, &microseconds, MemoryLayout<Int32>.size) == MemoryLayout<Int32>.size {
                return (DeepIdleLock(file: file), nil)
            }
        }
        let refusal = RealTimeRefusal(
            attempted: "keeping processors awake (\(path) at 0 us)", reason: String(cString: strerror(errno)),
            remedy: "let this user write to \(path), or run as root")
        if file >= 0 { close(file) }
        return (nil, refusal)
    }
}
