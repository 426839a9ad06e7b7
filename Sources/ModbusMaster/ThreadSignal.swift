internal import Glibc
internal import Units

/// A mutex and a condition on CLOCK_MONOTONIC, at one address for life: waking and waiting without an allocation.
///
/// Both are futexes underneath; nobody waits, no system call. The mutex lends its holder the priority of who waits for
/// it, so that a channel of low priority never holds up the controller.
final class ThreadSignal: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    init() {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        var mutexAttributes = pthread_mutexattr_t()
        pthread_mutexattr_init(&mutexAttributes)
        pthread_mutexattr_setprotocol(&mutexAttributes, CInt(PTHREAD_PRIO_INHERIT))
        pthread_mutex_init(mutex, &mutexAttributes)
        pthread_mutexattr_destroy(&mutexAttributes)

        condition = .allocate(capacity: 1)
        condition.initialize(to: pthread_cond_t())
        var conditionAttributes = pthread_condattr_t()
        pthread_condattr_init(&conditionAttributes)
        pthread_condattr_setclock(&conditionAttributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &conditionAttributes)
        pthread_condattr_destroy(&conditionAttributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Wakes who waits. What it waits for must have been made true before, in an atomic.
    func wake() {
        // Without the lock, the wake could fall between the other's look and its sleep.
        pthread_mutex_lock(mutex)
        pthread_mutex_unlock(mutex)
        pthread_cond_signal(condition)
    }

    /// Waits until `isTrue` says so, or until `deadline`; whether it said so.
    func wait(until deadline: Instant, for isTrue: () -> Bool) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        var time = timespec(deadline)
        while !isTrue() {
            if pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT { return isTrue() }
        }
        return true
    }
}
