internal import Glibc

/// Puts the calling thread under the real-time scheduler, and the process's memory and the processors' idle states in
/// order. Each is tried by itself; what is refused is returned and costs nothing else.
public enum RealTimeThread {
    /// Priority and processor, for the calling thread alone.
    public static func schedule(_ request: RealTimeRequest) -> [RealTimeRefusal] {
        var refusals: [RealTimeRefusal] = []
        if let processor = request.processor, let refusal = pin(to: processor) { refusals.append(refusal) }
        if let priority = request.priority, let refusal = makeFIFO(priority) { refusals.append(refusal) }
        return refusals
    }

    /// Timers of ordinary threads may be late by 50 us, so that the system can gather them (prctl(2),
    /// PR_SET_TIMERSLACK); the calling thread gives that up. Nobody needs a permission for it.
    public static func sharpenTimers() {
        let file = open("/proc/thread-self/timerslack_ns", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        _ = write(file, "1", 1)
        close(file)
    }

    /// Locks the process's pages as they are touched, for as long as it lives.
    ///
    /// On fault and not at once: a thread per bus has a stack of megabytes, of which it touches kilobytes.
    public static func lockMemory() -> RealTimeRefusal? {
        guard mlockall(Int32(MCL_CURRENT) | Int32(MCL_FUTURE) | Int32(MCL_ONFAULT)) != 0 else { return nil }
        return RealTimeRefusal(
            attempted: "locking the memory (mlockall)", reason: String(cString: strerror(errno)),
            remedy: "raise the limit (ulimit -l unlimited, LimitMEMLOCK=infinity) or give CAP_IPC_LOCK")
    }

    private static func makeFIFO(_ priority: Int) -> RealTimeRefusal? {
        var parameters = sched_param()
        parameters.sched_priority = Int32(clamping: priority)
        let error = pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters)
        guard error != 0 else { return nil }
        return RealTimeRefusal(
            attempted: "the real-time scheduler (SCHED_FIFO) at priority \(priority)",
            reason: String(cString: strerror(error)),
            remedy: "raise the limit (ulimit -r \(priority), LimitRTPRIO=\(priority)) or give CAP_SYS_NICE")
    }

    private static func pin(to processor: Int) -> RealTimeRefusal? {
        let attempted = "processor \(processor) alone (sched_setaffinity)"
        var set = cpu_set_t()
        guard (0..<MemoryLayout<cpu_set_t>.size * 8).contains(processor) else {
            return RealTimeRefusal(
                attempted: attempted, reason: "there is no such processor", remedy: "see nproc --all")
        }
        withUnsafeMutableBytes(of: &set) { $0[processor / 8] |= 1 << UInt8(processor % 8) }
        // glibc declares it for GNU sources only, which Swift's modules of it are not.
        guard let symbol = dlsym(nil, "sched_setaffinity") else {
            return RealTimeRefusal(
                attempted: attempted, reason: "this C library has no such function", remedy: "use taskset")
        }
        typealias SetAffinity = @convention(c) (pid_t, Int, UnsafePointer<cpu_set_t>) -> Int32
        guard unsafeBitCast(symbol, to: SetAffinity.self)(0, MemoryLayout<cpu_set_t>.size, &set) != 0 else {
            return nil
        }
        return RealTimeRefusal(
            attempted: attempted, reason: String(cString: strerror(errno)),
            remedy: "choose one that this process may use: see nproc, taskset and the container's cpuset")
    }
}
