import Testing
import Units

@testable import ControlLoop

@Suite struct BudgetLeaseTests {
    private let now = Instant.start + .seconds(1000)

    private func look(_ watts: Int64, changed: Int64, age: Interval = .zero) -> BudgetLook {
        .budget(.watts(watts), changed: changed, age: age)
    }

    @Test func `a budget holds for its lease and no longer`() {
        var lease = BudgetLease(.seconds(30))
        #expect(lease.expiresAt <= now)
        _ = lease.note(look(27_500, changed: 1), at: now)
        #expect(lease.budget == .watts(27_500))
        #expect(lease.expiresAt == now + .seconds(30))
    }

    @Test func `a file that is not written anew is no refresh`() {
        var lease = BudgetLease(.seconds(30))
        _ = lease.note(look(27_500, changed: 1), at: now)
        _ = lease.note(look(27_500, changed: 1, age: .seconds(20)), at: now + .seconds(20))
        #expect(lease.expiresAt == now + .seconds(30))
        _ = lease.note(look(27_500, changed: 2), at: now + .seconds(25))
        #expect(lease.expiresAt == now + .seconds(55))
    }

    @Test func `the age of the first look counts, and a time of day that jumps does not`() {
        var lease = BudgetLease(.seconds(30))
        _ = lease.note(look(27_500, changed: 1, age: .seconds(29)), at: now)
        #expect(lease.expiresAt == now + .seconds(1))
        // Written anew, while the clock on the wall was set forward by an hour, and then back by two.
        _ = lease.note(look(26_000, changed: 2, age: .seconds(3600)), at: now + .seconds(1))
        #expect(lease.expiresAt == now + .seconds(31))
        _ = lease.note(look(25_000, changed: 1, age: .seconds(-7200)), at: now + .seconds(2))
        #expect(lease.expiresAt == now + .seconds(32))
        #expect(lease.budget == .watts(25_000))
    }

    @Test func `a file of tomorrow is fresh for one lease`() {
        var lease = BudgetLease(.seconds(30))
        _ = lease.note(look(27_500, changed: 1, age: .seconds(-86_400)), at: now)
        #expect(lease.expiresAt == now + .seconds(30))
    }

    @Test func `trouble is no refresh and is worth one word each time it begins`() {
        var lease = BudgetLease(.seconds(30))
        _ = lease.note(look(27_500, changed: 1), at: now)
        let complaints = [
            lease.note(.malformed(content: "much"), at: now + .seconds(1)),
            lease.note(.unreadable(reason: "gone"), at: now + .seconds(2)),
        ]
        #expect(complaints == [true, false])
        #expect(lease.budget == .watts(27_500))
        #expect(lease.expiresAt == now + .seconds(30))
        // Half-written at one look, whole at the next, at one time of modification.
        let isComplaint = lease.note(look(27_000, changed: 2), at: now + .seconds(3))
        #expect(!isComplaint)
        #expect(lease.expiresAt == now + .seconds(33))
        let isNewComplaint = lease.note(.malformed(content: "much"), at: now + .seconds(4))
        #expect(isNewComplaint)
    }
}
