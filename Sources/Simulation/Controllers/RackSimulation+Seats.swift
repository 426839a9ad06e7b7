internal import RackControl
internal import RunRecords
internal import Scenario
internal import Units

/// Which controller acts: one seat alone, or two that share a lease. A controller that begins to act knows nothing but its
/// configuration; what it learns it reads.
extension RackSimulation {
    /// From a claim's leaving to the keeper, and from there back: a switched LAN (typical).
    static let leaseLatency = Interval.milliseconds(1)

    static func seats(_ controller: ControllerSettings) -> [ControllerSeat] {
        guard let standby = controller.load.standby else { return [ControllerSeat(.controller)] }
        return ControllerSeatName.allCases.enumerated().map { index, name in
            let seat = ControllerSeat(name)
            seat.lease = LeaseHolder(
                holder: UInt8(index + 1), duration: standby.takesOverAfter,
                firstAsksAt: .start + standby.takesOverAfter * Int64(index))
            return seat
        }
    }

    /// Whether any controller acts now.
    var isActing: Bool { hasController && now < actsUntil && seats[actingSeat].isRunning }

    /// As the telemetry numbers it; 0 when nobody acts.
    var actingNumber: Int { isActing ? actingSeat + 1 : 0 }

    /// One scan cycle of a seat. The standby's lies between the controller's.
    func scan(seat index: Int, at instant: Instant) {
        let seat = seats[index]
        queue.schedule(.controllerScan(seat: Int32(index)), at: instant + scenario.controller.period)
        guard seat.isRunning else { return }
        driveLease(of: seat, index, at: instant)
        guard index == actingSeat, instant < actsUntil else { return }
        runCycle(at: instant)
    }

    // MARK: The lease

    private func driveLease(of seat: ControllerSeat, _ index: Int, at instant: Instant) {
        guard seat.lease != nil else { return }
        let isUseful = index != actingSeat || controller.reachesDevices
        let wasActing = seat.lease?.term
        if let claim = seat.lease?.step(at: instant, isUseful: isUseful) {
            seat.claim = claim
            if seat.leasePartitions == 0 {
                queue.schedule(.leaseClaimArrives(seat: Int32(index)), at: instant + Self.leaseLatency)
            }
        }
        if let term = wasActing, seat.lease?.term == nil {
            mark(
                .controller, seat.name.rawValue, "lease of term \(term) ran out; acts no more", isMajor: true,
                at: instant)
        }
    }

    func leaseClaimArrives(from index: Int, at instant: Instant) {
        let seat = seats[index]
        guard let claim = seat.claim, seat.leasePartitions == 0 else { return }
        seat.answer = leaseKeeper.judge(claim, at: instant)
        queue.schedule(.leaseAnswerArrives(seat: Int32(index)), at: instant + Self.leaseLatency)
    }

    /// A seat that stands still finds the answer when it goes on.
    func leaseAnswerArrives(at index: Int, instant: Instant) {
        let seat = seats[index]
        guard seat.isRunning, seat.leasePartitions == 0, let answer = seat.answer, let claim = seat.claim else {
            return
        }
        seat.answer = nil
        let before = seat.lease?.term
        seat.lease?.take(answer, to: claim, at: instant)
        let until = seat.lease?.actsUntil ?? .start
        guard let term = seat.lease?.term else { return }
        if before == nil {
            mark(.controller, seat.name.rawValue, "acts, term \(term)", isMajor: term > 1, at: instant)
            begin(seat: index, at: instant, isFirst: !hasBegun && controllerGeneration == 0)
        }
        if index == actingSeat { actsUntil = until }
    }

    // MARK: Beginning and ending

    /// A controller without memory takes its place; the first of a run has been there from the start. The term does not tell:
    /// one that restarts within its lease has the same term again.
    private func begin(seat index: Int, at instant: Instant, isFirst: Bool) {
        hasBegun = true
        actingSeat = index
        actsUntil = seats[index].lease?.actsUntil ?? .never
        seats[index].undelivered = []
        guard !isFirst else { return }
        noteControllerEvents()
        controllerGeneration += 1
        pastCounters = pastCounters + controller.counters
        controller = freshController(heat: LoadConfiguration.heatAtTakeOver)
        controller.adoptBrakes(at: instant) { brakeLine.outputs[$0] }
        port?.isDisconnected = false
        checks.noteControllerBegan(at: instant)
        safety?.noteControllerBegan(at: instant)
        runCycle(at: instant)
    }

    /// As an engineer configured it, with the budget that its unit has kept; the operator's word is heard again at once, since somebody stands there who says it.
    private func freshController(heat: PerMille) -> RackController {
        var configuration = ControllerConfiguration(scenario.controller)
        configuration.load.heatAtStart = heat
        let fresh = RackController(
            inventory: ControllerInventory(scenario.rack, policies: scenario.controller.trays),
            configuration: configuration)
        fresh.operatorBudget =
            budgetFromAbove
            ?? events.setting(at: now) { if case .setBudget(let budget) = $0 { budget } else { nil } }
            ?? scenario.controller.budget
        return fresh
    }

    func stop(_ name: ControllerSeatName, at instant: Instant) {
        guard let index = seats.firstIndex(where: { $0.name == name }), hasController else { return }
        seats[index].stops += 1
        seats[index].undelivered = []
        if let standby = scenario.controller.load.standby {
            seats[index].lease = LeaseHolder(
                holder: UInt8(index + 1), duration: standby.takesOverAfter, firstAsksAt: instant)
            seats[index].claim = nil
            seats[index].answer = nil
        }
        guard index == actingSeat else { return }
        actsUntil = .start
        controllerGeneration += 1
        port?.isDisconnected = true
    }

    func start(_ name: ControllerSeatName, at instant: Instant) {
        guard let index = seats.firstIndex(where: { $0.name == name }), hasController else { return }
        seats[index].stops -= 1
        guard seats[index].stops == 0 else { return }
        mark(.controller, name.rawValue, "starts, and knows nothing", isMajor: false, at: instant)
        if seats[index].lease == nil { begin(seat: index, at: instant, isFirst: false) }
    }

    func pause(_ name: ControllerSeatName) {
        guard let seat = seats.first(where: { $0.name == name }) else { return }
        seat.pauses += 1
    }

    /// It goes on where it stood, and takes what came meanwhile for news.
    func resume(_ name: ControllerSeatName, at instant: Instant) {
        guard let index = seats.firstIndex(where: { $0.name == name }), hasController else { return }
        let seat = seats[index]
        seat.pauses -= 1
        guard seat.isRunning else { return }
        leaseAnswerArrives(at: index, instant: instant)
        guard index == actingSeat, instant < actsUntil else {
            seat.undelivered = []
            return
        }
        for transaction in seat.undelivered {
            safety?.ended(transaction, verdict: .timeout, sentAt: instant, at: instant)
            controller.complete(transaction, reply: .timeout, at: instant)
        }
        seat.undelivered = []
        for channel in channels.indices { pump(channel, at: instant) }
    }

    func partition(_ name: ControllerSeatName, from reach: ControllerReach, by count: Int) {
        guard let seat = seats.first(where: { $0.name == name }) else { return }
        if reach != .lease { seat.busPartitions += count }
        if reach != .buses { seat.leasePartitions += count }
    }

    /// Whether the acting controller may put something on the buses now.
    func mayTransact(at instant: Instant) -> Bool { instant < actsUntil && seats[actingSeat].pauses == 0 }
}
