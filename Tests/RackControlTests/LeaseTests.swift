import RackControl
import Testing
import Units

/// Two controllers and the keeper of their lease, in steps of ten milliseconds.
private struct LeaseWorld {
    static let lease = Interval.seconds(2)

    struct Seat {
        var holder: LeaseHolder
        var isPaused = false
        var isCut = false
        /// What it thought when it was looked at last, while it did not stand still.
        var actsUntil = Instant.start
        var inFlight: [(claim: LeaseClaim, at: Instant)] = []
        var answers: [(answer: LeaseAnswer, claim: LeaseClaim, at: Instant)] = []
    }

    var seats = [
        Seat(holder: LeaseHolder(holder: 1, duration: lease, firstAsksAt: .start)),
        Seat(holder: LeaseHolder(holder: 2, duration: lease, firstAsksAt: .start + lease)),
    ]
    var keeper = LeaseKeeper(duration: lease)
    var now = Instant.start
    /// From a claim to the keeper, and of an answer back.
    var delay = Interval.milliseconds(10)

    func acts(_ seat: Int) -> Bool { !seats[seat].isPaused && now < seats[seat].holder.actsUntil }
    var acting: [Int] { seats.indices.filter(acts) }

    mutating func step() {
        now += .milliseconds(10)
        for index in seats.indices {
            deliver(to: index)
            guard !seats[index].isPaused else { continue }
            let due = seats[index].answers.filter { $0.at <= now }
            seats[index].answers.removeAll { $0.at <= now }
            for item in due { seats[index].holder.take(item.answer, to: item.claim, at: now) }
            if let claim = seats[index].holder.step(at: now, isUseful: true), !seats[index].isCut {
                seats[index].inFlight.append((claim, now + delay))
            }
        }
    }

    private mutating func deliver(to index: Int) {
        for item in seats[index].inFlight.filter({ $0.at <= now }) {
            let answer = keeper.judge(item.claim, at: now)
            if !seats[index].isCut { seats[index].answers.append((answer, item.claim, now + delay)) }
        }
        seats[index].inFlight.removeAll { $0.at <= now }
    }

    mutating func run(_ length: Interval, watching: (borrowing LeaseWorld) -> Void = { _ in }) {
        let end = now + length
        while now < end {
            step()
            watching(self)
        }
    }
}

@Suite struct LeaseTests {
    @Test func `the first controller acts and goes on acting, the other waits`() {
        var world = LeaseWorld()
        world.run(.milliseconds(50))
        #expect(world.acting == [0])
        world.run(.seconds(60)) { #expect($0.acting == [0]) }
        #expect(world.keeper.term == 1)
    }

    @Test func `a paused master finds its lease over before it acts again`() {
        var world = LeaseWorld()
        world.run(.seconds(3))
        world.seats[0].isPaused = true
        world.run(.seconds(5))
        #expect(world.acting == [1])
        #expect(world.keeper.term == 2)
        world.seats[0].isPaused = false
        #expect(world.acting == [1])
        world.run(.seconds(20)) { #expect($0.acting == [1]) }
    }

    @Test func `a master that is cut from the keeper falls silent before the other may act`() {
        var world = LeaseWorld()
        world.run(.seconds(3))
        world.seats[0].isCut = true
        var silentFor = 0
        var sawOther = false
        world.run(.seconds(5)) {
            #expect($0.acting.count <= 1)
            if $0.acting.isEmpty, !sawOther { silentFor += 10 }
            if $0.acting == [1] { sawOther = true }
        }
        #expect(sawOther)
        // A tenth of the lease at least.
        #expect(silentFor >= 200)
    }

    @Test func `a grant that comes when its lease is over by the holder's own clock is worth nothing`() {
        var holder = LeaseHolder(holder: 1, duration: .seconds(2), firstAsksAt: .start)
        guard let claim = holder.step(at: .start, isUseful: true) else {
            Issue.record("it must ask")
            return
        }
        var late = holder
        late.take(.granted(term: 1), to: claim, at: .start + .milliseconds(1800))
        #expect(late.actsUntil == .start)
        holder.take(.granted(term: 1), to: claim, at: .start + .milliseconds(1799))
        #expect(holder.actsUntil == .start + .milliseconds(1800))
    }

    @Test func `a term is granted once, and a claim of an old one is refused`() {
        var keeper = LeaseKeeper(duration: .seconds(2))
        func claim(_ holder: UInt8, _ term: UInt32) -> LeaseClaim {
            LeaseClaim(holder: holder, term: term, sentAt: .start)
        }
        #expect(keeper.judge(claim(1, 1), at: .start) == .granted(term: 1))
        #expect(keeper.judge(claim(2, 2), at: .start + .milliseconds(1999)) == .refused(term: 1))
        #expect(keeper.judge(claim(2, 1), at: .start + .seconds(2)) == .refused(term: 1))
        #expect(keeper.judge(claim(1, 1), at: .start + .seconds(2)) == .refused(term: 1))
        #expect(keeper.judge(claim(2, 2), at: .start + .seconds(2)) == .granted(term: 2))
        #expect(keeper.judge(claim(1, 1), at: .start + .seconds(3)) == .refused(term: 2))
        #expect(keeper.judge(claim(2, 2), at: .start + .seconds(3)) == .granted(term: 2))
    }

    @Test func `a master that reaches no device gives the lease up, and the other gets its chance`() {
        var holder = LeaseHolder(holder: 1, duration: .seconds(2), firstAsksAt: .start)
        guard let claim = holder.step(at: .start, isUseful: true) else {
            Issue.record("it must ask")
            return
        }
        holder.take(.granted(term: 1), to: claim, at: .start + .milliseconds(2))
        var asked: [Int64] = []
        for time in stride(from: 10, through: 4000, by: 10) as StrideThrough<Int64> {
            if holder.step(at: .start + .milliseconds(time), isUseful: false) != nil { asked.append(time) }
        }
        #expect(holder.actsUntil == .start)
        #expect(asked.first == 3800)
    }

    /// How often another controller began to act than the one before.
    private func handovers(seed: UInt64) -> Int {
        var stream = SeededStream(seed: seed, name: "lease trouble")
        var world = LeaseWorld()
        var (handovers, last) = (0, 0)
        for _ in 0..<20 {
            let seat = Int(stream.next(below: 2))
            switch stream.next(below: 4) {
            case 0: world.seats[seat].isPaused.toggle()
            case 1: world.seats[seat].isCut.toggle()
            case 2: world.delay = .milliseconds(10 * Int64(1 + stream.next(below: 150)))
            default: world.delay = .milliseconds(10)
            }
            world.run(.milliseconds(100 * Int64(1 + stream.next(below: 50)))) { world in
                let acting = world.acting
                if acting.count > 1 { Issue.record("two act at \(world.now.milliseconds) ms of seed \(seed)") }
                guard let one = acting.first, one != last else { return }
                (handovers, last) = (handovers + 1, one)
            }
        }
        for seat in world.seats.indices { (world.seats[seat].isPaused, world.seats[seat].isCut) = (false, false) }
        world.delay = .milliseconds(10)
        world.run(.seconds(10))
        #expect(world.acting.count == 1)
        return handovers
    }

    @Test func `under any pauses, partitions and delays no two act at once, and one does when they are over`() {
        let total = (1...30).reduce(0) { $0 + handovers(seed: UInt64($1)) }
        #expect(total > 30)
    }
}
