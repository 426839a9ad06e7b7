import ControlLaws
import Testing
import Units

@Suite struct SafetyMachineTests {
    private static func facts(
        _ causes: SafetyCauses = SafetyCauses(), ready: Int = 0, isRoom: Bool = false, isSurveyed: Bool = true
    ) -> SafetyEvent {
        var facts = SafetyFacts()
        facts.isSurveyed = isSurveyed
        facts.causes = causes
        facts.readyTrays = ready
        facts.isRoomForNext = isRoom
        return .scanned(facts)
    }

    private static func second(_ tenths: Int64) -> Instant { .start + .milliseconds(100 * tenths) }

    /// The same facts for so many tenths of a second, a scan cycle each; the last action.
    @discardableResult
    private static func hold(
        _ machine: inout SafetyMachine, _ event: SafetyEvent, from: Int64, for tenths: Int64
    ) -> SafetyAction {
        var action = machine.take(event, at: second(from))
        for step in 1...max(1, tenths) { action = machine.take(event, at: second(from + step)) }
        return action
    }

    /// A machine that has found everything and is in order.
    private static var sound: SafetyMachine {
        var machine = SafetyMachine()
        _ = machine.take(facts(), at: .start)
        return machine
    }

    @Test func `nothing is asked for until the devices were found`() {
        var machine = SafetyMachine()
        #expect(machine.take(Self.facts(.deviceLost, isSurveyed: false), at: .start) == SafetyAction(caps: .wait))
        #expect(
            machine.take(Self.facts(), at: Self.second(1)) == SafetyAction(caps: .decide, entered: .normal))
    }

    @Test func `what is missing degrades at once, and a second without it makes normal again`() {
        var machine = Self.sound
        let lost = machine.take(Self.facts(.supplyLost), at: Self.second(1))
        #expect(lost == SafetyAction(caps: .decide, entered: .degraded))
        #expect(machine.causes == .supplyLost)
        Self.hold(&machine, Self.facts(), from: 2, for: 9)
        #expect(machine.state == .degraded)
        #expect(machine.take(Self.facts(), at: Self.second(12)).entered == .normal)
    }

    @Test func `the word from above holds shares, and its end is a recovery`() {
        var machine = Self.sound
        #expect(machine.take(.told, at: .start) == SafetyAction(caps: .holdShares, entered: .failsafe))
        #expect(machine.take(.told, at: .start).entered == nil)
        #expect(machine.take(Self.facts(), at: Self.second(1)) == SafetyAction(caps: .holdShares))
        let left = machine.take(.released, at: Self.second(2))
        #expect(left == SafetyAction(caps: .decide, mayEnergise: true, entered: .recovery))
        #expect(Self.hold(&machine, Self.facts(), from: 3, for: 30).entered == .normal)
    }

    @Test func `the word from above is kept through the start`() {
        var machine = SafetyMachine()
        #expect(machine.take(.told, at: .start) == SafetyAction(caps: .holdShares))
        #expect(machine.state == .start)
        #expect(machine.take(Self.facts(), at: Self.second(1)).entered == .failsafe)
    }

    @Test func `seeing nothing for a second lowers caps and never raises them`() {
        var machine = Self.sound
        let blind = Self.facts(.blind.union(.trayUnread))
        Self.hold(&machine, blind, from: 1, for: 9)
        #expect(machine.state == .degraded)
        #expect(
            machine.take(blind, at: Self.second(11)) == SafetyAction(caps: .lowerToShares, entered: .failsafe))
        #expect(machine.take(Self.facts(.trayUnread), at: Self.second(12)).entered == .recovery)
    }

    @Test func `a single cycle without sight moves nothing but the name`() {
        var machine = Self.sound
        _ = machine.take(Self.facts(.blind.union(.trayUnread)), at: Self.second(1))
        Self.hold(&machine, Self.facts(), from: 2, for: 30)
        #expect(machine.state == .normal)
    }

    @Test func `floors that do not fit for two seconds shed load, whoever decides`() {
        for isTold in [false, true] {
            var machine = Self.sound
            if isTold { _ = machine.take(.told, at: .start) }
            let short = Self.facts(.floorsDoNotFit.union(.supplyLost))
            let early = Self.hold(&machine, short, from: 1, for: 19)
            #expect(!early.mustShed)
            let late = machine.take(short, at: Self.second(21))
            #expect(late.entered == .shed)
            #expect(late.mustShed)
            #expect(late.caps == (isTold ? .holdShares : .decide))
            // What is left fits: nothing more is switched off.
            #expect(!machine.take(Self.facts(.supplyLost, ready: 2), at: Self.second(22)).mustShed)
            #expect(machine.state == .shed)
        }
    }

    @Test func `shed load returns after ten seconds of room without a break`() {
        var machine = Self.sound
        Self.hold(&machine, Self.facts(.floorsDoNotFit), from: 1, for: 20)
        #expect(machine.state == .shed)
        Self.hold(&machine, Self.facts(ready: 2, isRoom: true), from: 30, for: 90)
        Self.hold(&machine, Self.facts(ready: 2), from: 121, for: 1)
        Self.hold(&machine, Self.facts(ready: 2, isRoom: true), from: 130, for: 99)
        #expect(machine.state == .shed)
        let back = machine.take(Self.facts(ready: 2, isRoom: true), at: Self.second(230))
        #expect(back == SafetyAction(caps: .decide, mayEnergise: true, entered: .recovery))
        #expect(machine.take(Self.facts(ready: 1), at: Self.second(231)).entered == .shed)
    }

    @Test func `trays that wait at the start are switched on before anything is normal`() {
        var machine = SafetyMachine()
        let first = machine.take(Self.facts(.trayWaiting, ready: 8, isRoom: true), at: .start)
        #expect(first == SafetyAction(caps: .decide, mayEnergise: true, entered: .recovery))
        let last = Self.hold(&machine, Self.facts(.trayHeldBack), from: 1, for: 30)
        #expect(last == SafetyAction(caps: .decide, entered: .degraded))
    }

    @Test func `a tray that becomes ready later begins a recovery of its own`() {
        var machine = Self.sound
        _ = machine.take(Self.facts(.trayHeldBack), at: Self.second(1))
        let ready = machine.take(Self.facts(.trayWaiting, ready: 1, isRoom: true), at: Self.second(2))
        #expect(ready.entered == .recovery)
    }
}
