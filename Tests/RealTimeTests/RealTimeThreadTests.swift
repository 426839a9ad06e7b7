import RealTime
import Testing
import Units

struct RealTimeThreadTests {
    @Test func `a processor that does not exist is refused with a remedy`() throws {
        let refusals = RealTimeThread.schedule(RealTimeRequest(processor: 100_000))
        let refusal = try #require(refusals.first)
        #expect(refusals.count == 1)
        #expect(refusal.description.hasPrefix("processor 100000 alone"))
        #expect(!refusal.remedy.isEmpty)
    }

    @Test func `a priority beyond the range is refused and the thread stays as it is`() throws {
        let refusal = try #require(RealTimeThread.schedule(RealTimeRequest(priority: 1_000)).first)
        #expect(refusal.attempted.contains("SCHED_FIFO"))
        #expect(refusal.remedy.contains("CAP_SYS_NICE"))
    }

    @Test func `an instant that has passed is not waited for`() {
        let before = MonotonicClock.now
        MonotonicClock.wait(until: before - .seconds(1))
        MonotonicClock.wait(until: .start)
        #expect(MonotonicClock.now >= before)
    }
}
