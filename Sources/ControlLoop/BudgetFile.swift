internal import Foundation
internal import RealTime
internal import Synchronization
public import Units

/// A budget that somebody else writes into a file, read on a thread of its own: a file system that hangs ends the lease
/// and not the control.
public final class BudgetFile: BudgetSource {
    public let path: String
    public let lease: Interval
    /// The most that may be drawn while the budget is lost; `nil` for the last one known.
    public let fallback: Power?
    private let parse: @Sendable (String) -> Power?
    private let milliwatts: Atomic<Int64>
    private let expiry: Atomic<Int64>
    private let isStopped = Atomic<Bool>(false)
    private let state: Mutex<(lease: BudgetLease, complaints: [String])>

    /// How often the file is looked at.
    private static let interval = Interval.seconds(1)
    /// Octets that are read of it: a power has some ten. Arbitrary.
    private static let sizeLimit = 4096

    /// `parse` makes a power of the file's text, or nothing.
    public init(
        path: String, lease: Interval, fallback: Power?, parse: @escaping @Sendable (String) -> Power?
    ) {
        self.path = path
        self.lease = lease
        self.fallback = fallback
        self.parse = parse
        milliwatts = Atomic(fallback?.milliwatts ?? 0)
        expiry = Atomic(Instant.start.rawValue)
        state = Mutex((BudgetLease(lease), []))
    }

    /// The last budget that was read; the fallback, or zero, before there was one.
    public var current: Power { .milliwatts(milliwatts.load(ordering: .acquiring)) }
    /// From here on the budget counts as lost.
    public var expiresAt: Instant { Instant(rawValue: expiry.load(ordering: .acquiring)) }

    /// Looks once, on the calling thread; what was found, for whoever starts the control.
    @discardableResult
    public func look() -> BudgetLook {
        let found = read()
        let now = MonotonicClock.now
        state.withLock { state in
            if state.lease.note(found, at: now) { state.complaints.append(complaint(found)) }
            // The budget first: one that is fresh must not be the last one's.
            if let budget = state.lease.budget { milliwatts.store(budget.milliwatts, ordering: .releasing) }
            expiry.store(state.lease.expiresAt.rawValue, ordering: .releasing)
        }
        return found
    }

    /// Sentences about trouble with the file since the last call, one each time that it begins.
    public func takeComplaints() -> [String] {
        state.withLock { state in
            defer { state.complaints = [] }
            return state.complaints
        }
    }

    /// Looks once a second until `stop`.
    public func start() {
        let thread = Thread { [self] in
            var next = MonotonicClock.now
            while !isStopped.load(ordering: .relaxed) {
                next += Self.interval
                MonotonicClock.wait(until: next)
                look()
            }
        }
        thread.name = "budget"
        thread.start()
    }

    public func stop() { isStopped.store(true, ordering: .relaxed) }

    private func complaint(_ look: BudgetLook) -> String {
        switch look {
        case .unreadable(let reason): "cannot read the budget in \(path): \(reason)"
        case .malformed(let content):
            "\(path):1:1: expected a budget such as \"27.5 kW\", found \"\(content)\""
        case .budget(let power, _, _): "the budget in \(path) is \(power.milliwatts) mW"
        }
    }

    private func read() -> BudgetLook {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return .unreadable(reason: String(cString: strerror(errno))) }
        defer { close(file) }
        var status = stat()
        var octets = [UInt8](repeating: 0, count: Self.sizeLimit)
        let count = fstat(file, &status) == 0 ? Glibc.read(file, &octets, octets.count) : -1
        guard count >= 0 else { return .unreadable(reason: String(cString: strerror(errno))) }
        let text = String(decoding: octets.prefix(count), as: UTF8.self)
        guard let power = parse(text.trimmingCharacters(in: .whitespacesAndNewlines)), power > .zero else {
            let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            return .malformed(content: String(line.prefix(40)))
        }
        let changed = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        let now = Int64(Date().timeIntervalSince1970 * 1e9)
        return .budget(power, changed: changed, age: .nanoseconds(now - changed))
    }
}
