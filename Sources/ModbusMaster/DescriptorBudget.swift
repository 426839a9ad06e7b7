internal import Glibc
internal import Synchronization

/// Keeps libmodbus below the descriptors that it can bear.
///
/// libmodbus 3.1.6 waits for a connection by `select`, whose sets hold descriptors below 1024; one beyond that ends the
/// process. A connection is therefore refused when the lowest free descriptor is not far enough below, by so many as
/// may be taken at the same moment.
enum DescriptorBudget {
    /// Descriptors of the whole process. 1024 less some for what else opens one meanwhile (arbitrary).
    static let limit = 1000

    private static let connecting = Atomic<Int>(0)

    /// Calls `body` when there is room for one descriptor more; otherwise returns nil.
    static func withRoom<Result>(_ body: () -> Result) -> Result? {
        let others = connecting.add(1, ordering: .relaxed).oldValue
        defer { connecting.subtract(1, ordering: .relaxed) }
        guard let lowest = lowestFree, lowest + others < limit else { return nil }
        return body()
    }

    /// Descriptors that are open now.
    static var openCount: Int {
        var limits = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
        // More than the limit can only have been opened before the limit was lowered.
        let end = CInt(clamping: min(limits.rlim_cur, 1 << 16))
        var count = 0
        for descriptor in 0..<end where fcntl(descriptor, F_GETFD) != -1 { count += 1 }
        return count
    }

    /// Descriptors that the system grants this process at most.
    static var granted: Int {
        var limits = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
        return Int(clamping: limits.rlim_cur)
    }

    private static var lowestFree: Int? {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        close(descriptor)
        return Int(descriptor)
    }
}
