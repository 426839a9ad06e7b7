internal import Units

/// Which devices could be commanded lately, by the octets that crossed the lines: a device counts as out of reach for a
/// while after every failed transaction and every moment at which nothing lived at its address.
///
/// Rules that hold of what the controller can change are not owed of what it could not reach.
struct ReachWatch {
    /// After the last trouble: the pause before a probe, and time to identify, survey and arm.
    let recovery: Interval
    private(set) var troubledAt: [Instant]
    /// Failed transactions in a row.
    private(set) var failures: [Int]
    /// The last good answer to a read.
    private(set) var readAt: [Instant]
    /// The last write that the device carried out.
    private(set) var writtenAt: [Instant]

    static let longAgo = Instant(rawValue: .min / 2)

    init(deviceCount: Int, recovery: Interval) {
        self.recovery = recovery
        troubledAt = Array(repeating: Self.longAgo, count: deviceCount)
        failures = Array(repeating: 0, count: deviceCount)
        readAt = troubledAt
        writtenAt = Array(repeating: .start, count: deviceCount)
    }

    mutating func noteTrouble(of device: Int, at now: Instant) { troubledAt[device] = now }

    mutating func noteFailure(of device: Int, at now: Instant) {
        failures[device] += 1
        troubledAt[device] = now
    }

    mutating func noteAnswer(of device: Int, isRead: Bool, askedAt: Instant) {
        failures[device] = 0
        if isRead { readAt[device] = askedAt }
    }

    mutating func noteWrite(to device: Int, at now: Instant) { writtenAt[device] = now }

    func isInReach(_ device: Int, at now: Instant) -> Bool { now - troubledAt[device] >= recovery }
}
