import ControlLaws
import RackControl
import Testing
import Units

/// Which ends of troubles are marked.
@Suite struct OpenTroublesTests {
    private func marked(_ kinds: [ControllerEvent.Kind]) -> [Bool] {
        var troubles = OpenTroubles()
        return kinds.map { kind in
            let event = ControllerEvent(at: .start, kind: kind)
            let words = event.words(device: { "device-\($0)" }, tray: { "tray-\($0)" })
            return troubles.marks(event, isMajor: words.isMajor)
        }
    }

    @Test func `what comes into service at the start is no news`() {
        #expect(
            marked([.online(device: 1), .supplyWorking(device: 1), .trayEnergised(tray: 0)]) == [false, false, false])
    }

    @Test func `a supply that works again is marked as its loss was, once`() {
        #expect(
            marked([
                .supplyLost(device: 1), .supplyWorking(device: 2), .supplyWorking(device: 1), .supplyWorking(device: 1),
            ])
                == [true, false, true, false])
    }

    @Test func `the silence of a lost supply that restarts is part of its loss`() {
        #expect(
            marked([.supplyLost(device: 1), .lost(device: 1), .online(device: 1), .supplyWorking(device: 1)])
                == [true, false, false, true])
    }

    @Test func `devices, fans, doors and trays that come back are marked`() {
        #expect(
            marked([
                .lost(device: 3), .online(device: 3), .failsafeEntered(tray: 2), .failsafeLeft(tray: 2),
                .coolingFailsafeEntered(device: 4), .coolingFailsafeLeft(device: 4), .doorOpened(device: 5),
                .doorClosed(device: 5), .trayShed(tray: 1), .trayEnergised(tray: 1),
            ]) == Array(repeating: true, count: 10))
    }

    @Test func `the normal state is marked after one that was`() {
        let none = SafetyCauses()
        #expect(
            marked([
                .safetyStateEntered(.start, none), .safetyStateEntered(.normal, none), .safetyStateEntered(.shed, none),
                .safetyStateEntered(.recovery, none), .safetyStateEntered(.normal, none),
                .safetyStateEntered(.degraded, none),
            ]) == [false, false, true, true, true, false])
    }

    @Test func `what has no end is marked by its own words`() {
        #expect(marked([.budgetChanged(.watts(9000)), .capLowered(tray: 0, to: .watts(900))]) == [true, false])
    }
}
