import ControlLaws
import Testing
import Units

@Suite struct EmergencyBrakeTests {
    private static func situation(
        power: Int64, heat: Int64 = 0, takesCaps: Bool = true, pulled: Int = 0, next: Int64 = 0
    ) -> BrakeSituation {
        BrakeSituation(
            power: .watts(power), supplyLimit: .watts(22_000), breakerLimit: .watts(14_000),
            heatAhead: .percent(heat), takesCaps: takesCaps, pulledTrays: pulled, nextRise: .watts(next))
    }

    private static func at(_ milliseconds: Int64) -> Instant { .start + .milliseconds(milliseconds) }

    @Test func `a breaker that would be about to trip before caps act pulls the line at once`() {
        var brake = EmergencyBrake()
        #expect(brake.step(Self.situation(power: 20_000, heat: 89), at: .start) == .stay)
        #expect(brake.step(Self.situation(power: 20_000, heat: 90), at: Self.at(100)) == .pullAll)
    }

    @Test func `a hot breaker that cools pulls nothing`() {
        var brake = EmergencyBrake()
        #expect(brake.step(Self.situation(power: 13_900, heat: 95), at: .start) == .stay)
    }

    @Test(arguments: [(true, 3000), (false, 500)] as [(Bool, Int64)])
    func `overloaded supplies are left to caps for as long as caps can act`(takesCaps: Bool, patience: Int64) {
        var brake = EmergencyBrake()
        let over = Self.situation(power: 23_200, takesCaps: takesCaps)
        for time in stride(from: 0, to: patience, by: 100) { #expect(brake.step(over, at: Self.at(time)) == .stay) }
        #expect(brake.step(over, at: Self.at(patience)) == .pullAll)
    }

    @Test func `five per cent above the rating is a reading's error`() {
        var brake = EmergencyBrake()
        for time in stride(from: 0, through: 10_000, by: 100) as StrideThrough<Int64> {
            #expect(brake.step(Self.situation(power: 23_000, takesCaps: false), at: Self.at(time)) == .stay)
        }
    }

    @Test func `an overload that pauses begins anew`() {
        var brake = EmergencyBrake()
        let over = Self.situation(power: 23_200, takesCaps: false)
        _ = brake.step(over, at: .start)
        _ = brake.step(Self.situation(power: 20_000), at: Self.at(400))
        #expect(brake.step(over, at: Self.at(500)) == .stay)
        #expect(brake.step(over, at: Self.at(900)) == .stay)
        #expect(brake.step(over, at: Self.at(1000)) == .pullAll)
    }

    @Test func `trays are let go one by one, and only into what the breaker carries`() {
        var brake = EmergencyBrake()
        _ = brake.step(Self.situation(power: 20_000, heat: 95), at: .start)
        let low = Self.situation(power: 9000, pulled: 3, next: 4000)
        #expect(brake.step(low, at: Self.at(2900)) == .stay)
        #expect(brake.step(low, at: Self.at(3000)) == .letGoNext)
        #expect(brake.step(low, at: Self.at(3400)) == .stay)
        #expect(brake.step(low, at: Self.at(3500)) == .letGoNext)
        // 97 % of 14 kW are 13.58 kW.
        let full = Self.situation(power: 9600, pulled: 1, next: 4000)
        #expect(brake.step(full, at: Self.at(4500)) == .stay)
        #expect(brake.step(Self.situation(power: 9500, pulled: 1, next: 4000), at: Self.at(4600)) == .letGoNext)
        #expect(brake.step(Self.situation(power: 13_500), at: Self.at(4700)) == .stay)
    }

    @Test func `the same overload again pulls all of them again`() {
        var brake = EmergencyBrake()
        _ = brake.step(Self.situation(power: 20_000, heat: 95), at: .start)
        _ = brake.step(Self.situation(power: 5000, pulled: 3, next: 4000), at: Self.at(3000))
        #expect(brake.step(Self.situation(power: 15_000, heat: 91, pulled: 2), at: Self.at(3600)) == .pullAll)
    }

    @Test func `a controller that starts with the line pulled holds it and lets go`() {
        var brake = EmergencyBrake(pulledTrays: 2, at: Self.at(1000))
        let low = Self.situation(power: 5000, pulled: 2, next: 4000)
        #expect(brake.step(low, at: Self.at(2000)) == .stay)
        #expect(brake.step(low, at: Self.at(4000)) == .letGoNext)
    }
}
