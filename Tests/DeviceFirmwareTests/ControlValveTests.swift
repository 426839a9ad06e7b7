import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct ControlValveTests {
    /// A valve whose water follows its position: 65 L/min when open.
    func image(analogue: Int64 = 0, position: Int64, flow: Int64? = nil) -> ControlValveImage {
        var image = ControlValveImage()
        image.analogue = .percent(analogue)
        image.position = .percent(position)
        image.flow = flow ?? 650 * position
        return image
    }

    @discardableResult
    func run(_ valve: inout ControlValve, to milliseconds: Int64, _ image: ControlValveImage) -> PerMille {
        var target = valve.step(at: valve.nextDeadline, sampling: image).target
        while valve.nextDeadline <= at(milliseconds) {
            target = valve.step(at: valve.nextDeadline, sampling: image).target
        }
        return target
    }

    @Test func `the analogue input rules until the bus is told to, and an override goes before both`() {
        var valve = ControlValve(ControlValveConfiguration())
        valve.write(.setpoint, 800, at: at(0))
        #expect(run(&valve, to: 100, image(analogue: 30, position: 30)) == .percent(30))
        #expect(valve.read(.analogueSetpoint) == 300)
        valve.write(.setpointSource, 1, at: at(100))
        #expect(run(&valve, to: 200, image(analogue: 30, position: 30)) == .percent(80))
        valve.write(.override, 2, at: at(200))
        #expect(run(&valve, to: 300, image(analogue: 30, position: 30)) == .zero)
    }

    @Test func `a setpoint is a part of the way from minimum to maximum`() {
        var valve = ControlValve(ControlValveConfiguration())
        valve.write(.minimum, 200, at: at(0))
        valve.write(.maximum, 600, at: at(0))
        #expect(run(&valve, to: 100, image(analogue: 50, position: 40)) == .percent(40))
        #expect(run(&valve, to: 200, image(analogue: 0, position: 20)) == .percent(20))
        #expect(ControlValveNotes(signalValue: valve.read(.notes)) == .minimumApplied)
        #expect(valve.verdict(onWriting: ControlValveSignal.minimum.identifier, value: 601) == .illegalValue)
        #expect(valve.read(.flowSetpoint) == 13_000)
    }

    @Test func `a silent bus opens the valve after two minutes until a setpoint is written`() {
        var valve = ControlValve(ControlValveConfiguration())
        valve.write(.setpointSource, 1, at: at(0))
        valve.write(.setpoint, 100, at: at(0))
        #expect(run(&valve, to: 119_900, image(position: 10)) == .percent(10))
        #expect(run(&valve, to: 120_200, image(position: 10)) == .whole)
        #expect(valve.status.contains(.busWatchdog))
        valve.write(.setpoint, 100, at: at(120_200))
        #expect(run(&valve, to: 120_300, image(position: 10)) == .percent(10))
        #expect(!valve.status.contains(.busWatchdog))
    }

    @Test func `a motor that moves nothing for five seconds is blocked, and one that moves is not`() {
        var valve = ControlValve(ControlValveConfiguration())
        run(&valve, to: 4_900, image(analogue: 80, position: 50))
        #expect(!valve.status.contains(.actuatorBlocked))
        run(&valve, to: 5_300, image(analogue: 80, position: 50))
        #expect(valve.status.contains(.actuatorBlocked))
        run(&valve, to: 5_400, image(analogue: 80, position: 51))
        #expect(!valve.status.contains(.actuatorBlocked))
        for second in 6...30 {
            run(&valve, to: Int64(second) * 1000, image(analogue: 80, position: 45 + Int64(second)))
            #expect(!valve.status.contains(.actuatorBlocked))
        }
    }

    @Test func `flow that does not fit the position is told`() {
        var valve = ControlValve(ControlValveConfiguration())
        run(&valve, to: 100, image(position: 0, flow: 6_500))
        #expect(valve.status == .flowWithClosedValve)
        run(&valve, to: 200, image(position: 0, flow: -500))
        #expect(valve.status == .reverseFlow && valve.read(.flow) == 0)
        run(&valve, to: 300, image(analogue: 100, position: 100, flow: 70_000))
        #expect(valve.status == .flowExceedsNominal)
        run(&valve, to: 75_200, image(analogue: 100, position: 100, flow: 30_000))
        #expect(!valve.status.contains(.setpointNotReached))
        run(&valve, to: 75_500, image(analogue: 100, position: 100, flow: 30_000))
        #expect(valve.status == .setpointNotReached)
    }

    @Test func `settings come back after a restart and an override does not`() {
        var valve = ControlValve(ControlValveConfiguration())
        valve.write(.setpointSource, 1, at: at(0))
        valve.write(.setpoint, 400, at: at(0))
        valve.write(.override, 1, at: at(0))
        valve.restart(at: at(100))
        #expect(!valve.isReady(at: at(1000)))
        #expect(run(&valve, to: 1100, image(position: 40)) == .percent(40))
        #expect(valve.read(.override) == 0)
    }

    @Test func `the feedback output follows the position, and the times at its ends are counted over a restart`() {
        var valve = ControlValve(ControlValveConfiguration())
        run(&valve, to: 60_000, image(position: 0))
        #expect(valve.read(.analogueOutput) == 0 && valve.read(.nominalFlow) == 65_000)
        run(&valve, to: 150_000, image(position: 100))
        #expect(valve.read(.analogueOutput) == 10_000)
        run(&valve, to: 200_000, image(position: 45))
        #expect(valve.read(.analogueOutput) == 4500)
        #expect((59...60).contains(valve.read(.closedTime)) && (89...90).contains(valve.read(.openTime)))
        valve.restart(at: at(200_000))
        run(&valve, to: 260_000, image(position: 100))
        // Not counted while it boots.
        #expect((59...60).contains(valve.read(.closedTime)) && (147...149).contains(valve.read(.openTime)))
    }

    @Test func `the second words of status tell a silent bus and a blocked motor`() {
        var valve = ControlValve(ControlValveConfiguration())
        run(&valve, to: 100, image(analogue: 50, position: 50))
        #expect(valve.read(.surroundings) == 0 && valve.read(.drive) == 0)
        run(&valve, to: 6_000, image(analogue: 90, position: 50))
        #expect(ControlValveDrive(signalValue: valve.read(.drive)) == .movementError)
        valve.write(.setpointSource, 1, at: at(6_000))
        run(&valve, to: 130_000, image(position: 100))
        #expect(ControlValveSurroundings(signalValue: valve.read(.surroundings)) == .communicationFault)
    }
}

extension ControlValve {
    func read(_ signal: ControlValveSignal) -> Int64 { value(of: signal.identifier) }
    mutating func write(_ signal: ControlValveSignal, _ value: Int64, at now: Instant) {
        write(signal.identifier, value: value, at: now)
    }
    var status: ControlValveStatus { ControlValveStatus(signalValue: read(.status)) }
}
