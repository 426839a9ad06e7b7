internal import ModbusMaster
internal import ModbusWire
internal import RackControl
internal import RealTime
internal import Units

/// The scan cycle of the control thread, which alone touches it.
///
/// Each release: sample (every idle channel is asked what is due, all buses at once), gather until every channel that
/// answers is idle again or half of the period is over, decide, hand out the writes. Until the next release whatever
/// comes is taken in and whatever falls due goes out. A channel whose last transaction failed, or is still out, is not
/// waited for: its readings age, and the controller knows what to think of old readings. After the start nothing here
/// is allocated.
final class ScanCycle {
    let plan: ControlPlan
    private let loop: ScanLoop
    private let options: ScanOptions
    private let pool: MasterPool
    let controller: RackController
    private(set) var grid: ReleaseGrid
    private var registers = RegisterBlock()
    /// By channel: whether a transaction is out, whether the gathering waits for it, whether its last one failed.
    private var isOut: [Bool]
    private var isAwaited: [Bool]
    private var hasFailed: [Bool]
    private var awaitedCount = 0
    private var outCount = 0
    /// By device.
    private var found: [FoundIdentity]
    private var dryRun: DryRunLedger
    private var isBudgetLost = false
    private(set) var news: [ControlNews] = []
    private let startedAt: Instant
    private let refusals: [RealTimeRefusal]
    private var wakeUp = LatencyHistogram()
    private var scan = LatencyHistogram()
    private var cycle = LatencyHistogram()
    private(set) var wakeUpP99: Interval?
    private var nextP99: Instant
    /// Between two walks through the histogram, some ten microseconds each. Arbitrary: at once, to a person.
    private static let p99Interval = Interval.seconds(1)

    init(_ loop: ScanLoop, refusals: [RealTimeRefusal]) {
        self.loop = loop
        self.refusals = refusals
        plan = loop.plan
        options = loop.options
        pool = loop.pool
        controller = RackController(inventory: plan.inventory, configuration: plan.configuration)
        startedAt = MonotonicClock.now
        nextP99 = startedAt + Self.p99Interval
        grid = ReleaseGrid(first: startedAt + .milliseconds(1), period: plan.configuration.period)
        let channels = controller.channelCount
        isOut = Array(repeating: false, count: channels)
        isAwaited = isOut
        hasFailed = isOut
        found = Array(repeating: FoundIdentity(), count: plan.inventory.devices.count)
        dryRun = DryRunLedger(devices: plan.inventory.devices.count)
        news.reserveCapacity(ControlBoard.newsLimit)
        for refusal in refusals { news.append(.refused(refusal)) }
    }

    func run() {
        applyBudget(at: startedAt)
        // Sets the controller's grid; nothing is known yet, so that nothing is decided.
        controller.step(at: grid.release)
        while !loop.isStopAsked {
            idle()
            guard !loop.isStopAsked else { break }
            runCycle()
        }
        leaveSafe()
        let outcome = ScanOutcome(
            startedAt: startedAt, endedAt: MonotonicClock.now, cycles: grid.cycles, lateCycles: grid.lateCycles,
            skippedReleases: grid.skippedReleases, wakeUp: wakeUp.summary, scan: scan.summary, cycle: cycle.summary,
            counters: controller.counters, refusals: refusals,
            safeStates: plan.inventory.devices.indices.map { controller.safeState(device: $0) })
        loop.board.publishFinally(outcome, &news) { fill(&$0, at: outcome.endedAt) }
    }

    private func runCycle() {
        let release = grid.release
        let wokenAt = MonotonicClock.now
        wakeUp.record(wokenAt - release)
        applyBudget(at: wokenAt)
        submitDue(at: wokenAt, awaiting: true)
        gather(until: release + plan.configuration.period.scaled(by: options.gatherShare))
        let scannedAt = MonotonicClock.now
        scan.record(scannedAt - wokenAt)
        controller.step(at: scannedAt)
        submitDue(at: MonotonicClock.now)
        collectEvents()
        if grid.cycles == 0 { post(.ready) }
        let endedAt = MonotonicClock.now
        cycle.record(endedAt - release)
        grid.advance(endedAt: endedAt)
        if endedAt >= nextP99 {
            wakeUpP99 = wakeUp.p99
            nextP99 = endedAt + Self.p99Interval
        }
        loop.board.tryPublish(&news) { fill(&$0, at: endedAt) }
    }

    // MARK: Buses

    /// Until the next release, or until it is time to stop.
    private func idle() {
        let lastWake = grid.release - min(options.sleepMargin, plan.configuration.period / 10)
        while !loop.isStopAsked {
            let now = MonotonicClock.now
            if now >= lastWake { break }
            submitDue(at: now)
            let due = nextDue
            if outCount == 0, due >= lastWake, grid.release - now <= options.longestWait { break }
            if pool.wait(until: min(due, lastWake, now + options.longestWait)) { takeCompletions() }
        }
        if !loop.isStopAsked { MonotonicClock.wait(until: grid.release) }
    }

    /// When the next idle channel has something to carry.
    private var nextDue: Instant {
        var due = Instant.never
        for channel in isOut.indices where !isOut[channel] {
            due = min(due, controller.nextTransactionTime(channel: channel))
        }
        return due
    }

    /// Hands out what is due on the idle channels.
    private func submitDue(at now: Instant, awaiting: Bool = false) {
        for channel in isOut.indices where !isOut[channel] {
            guard controller.nextTransactionTime(channel: channel) <= now, submit(to: channel, at: now) else {
                continue
            }
            if awaiting, !hasFailed[channel] {
                isAwaited[channel] = true
                awaitedCount += 1
            }
        }
    }

    private func submit(to channel: Int, at now: Instant) -> Bool {
        while let transaction = controller.nextTransaction(channel: channel, at: now) {
            guard plan.configuration.isDryRun, transaction.request.isWrite else {
                isOut[channel] = true
                outCount += 1
                pool.submit(transaction, to: channel)
                return true
            }
            if dryRun.isNew(transaction.request, device: transaction.device) {
                let source = controller.source(device: transaction.device)
                post(.wouldWrite(device: transaction.device, source: source, request: transaction.request, at: now))
            }
            controller.complete(transaction, reply: .written, at: now)
        }
        return false
    }

    /// Until no channel is waited for, or the gathering is over.
    private func gather(until deadline: Instant) {
        while awaitedCount > 0, pool.wait(until: deadline) { takeCompletions() }
        for channel in isAwaited.indices { isAwaited[channel] = false }
        awaitedCount = 0
    }

    private func takeCompletions() {
        while let completion = pool.nextCompletion(registers: &registers) {
            let now = MonotonicClock.now
            let channel = completion.channel
            let reply = completion.reply.fromDevice
            isOut[channel] = false
            outCount -= 1
            hasFailed[channel] = reply.isFailure
            if completion.transaction.purpose == .identify {
                found[completion.transaction.device] = FoundIdentity(reply, registers)
            }
            controller.complete(completion.transaction, reply: reply, registers: registers, at: now)
            collectEvents()
            let goesOn = submit(to: channel, at: now)
            if isAwaited[channel], !goesOn || hasFailed[channel] {
                isAwaited[channel] = false
                awaitedCount -= 1
            }
        }
    }

    // MARK: The budget and the end

    private func applyBudget(at now: Instant) {
        guard let budget = loop.budget else { return }
        let isLost = now >= budget.expiresAt
        if isLost {
            if let fallback = budget.fallback {
                controller.operatorBudget = min(controller.operatorBudget, fallback)
            }
        } else {
            controller.operatorBudget = budget.current
        }
        guard isLost != isBudgetLost else { return }
        isBudgetLost = isLost
        if isLost {
            controller.holdSafeState(at: now)
            post(.budgetLost(at: now))
        } else {
            controller.leaveSafeState(at: now)
            post(.budgetBack(budget.current, at: now))
        }
    }

    /// The devices have a bounded time for acknowledging the safe state.
    private func leaveSafe() {
        let begin = MonotonicClock.now
        let deadline = begin + options.safeStateTime
        controller.holdSafeState(at: begin)
        while true {
            let now = MonotonicClock.now
            if now >= grid.release {
                controller.step(at: now)
                grid.skip(to: now)
            }
            collectEvents()
            guard now < deadline, isSafeStatePending else { return }
            submitDue(at: now)
            _ = pool.wait(until: min(deadline, nextDue, grid.release, now + options.longestWait))
            takeCompletions()
        }
    }

    private var isSafeStatePending: Bool {
        for device in plan.inventory.devices.indices where controller.safeState(device: device) == .pending {
            return true
        }
        return false
    }

    // MARK: News

    private func collectEvents() {
        while let event = controller.nextEvent() {
            var identity = FoundIdentity()
            if case .misidentified(let device) = event.kind { identity = found[device] }
            post(.controller(event, found: identity))
        }
    }

    /// Beyond its room news is lost: it grows only while somebody holds the board for thousands of cycles.
    private func post(_ item: ControlNews) {
        if news.count < ControlBoard.newsLimit { news.append(item) }
    }
}
