/// Draws many futures of an order and says when its racks can be energised, for each way of filling it.
public struct BringUpCampaign: Sendable {
    private let bill: BillOfParts
    private let seed: UInt64
    private let samples: Int

    /// - Parameter samples: futures to draw, 1 or more.
    public init(_ bill: BillOfParts, seed: UInt64, samples: Int) {
        precondition(samples > 0, "without a future there is nothing to say")
        self.bill = bill
        self.seed = seed
        self.samples = samples
    }

    public func forecast() -> DeliveryForecast {
        let draws = LeadTimeDraws(bill, seed: seed, samples: samples)
        let ways = Sourcing.ways(of: bill)
        let standing = ways.firstIndex(of: .qualifiedSources) ?? 0
        var tallies = ways.map { tally($0, draws) }
        let base = tallies[standing]
        for index in ways.indices where index != standing { tallies[index].compare(with: base) }
        return DeliveryForecast(
            bill: bill, seed: seed, samples: samples, ways: tallies.map(\.forecast), standing: standing)
    }

    private func tally(_ sourcing: Sourcing, _ draws: LeadTimeDraws) -> OrderTally {
        let plan = BuyingPlan(bill, allowed: sourcing.allowed(in: bill))
        let future = OrderFuture(bill: bill, plan: plan)
        var tally = OrderTally(bill, sourcing: sourcing, purchases: plan.purchases())
        for sample in 0..<samples { tally.add(future.racks(sample: sample, draws: draws)) }
        return tally
    }
}

/// Counts the futures of one way of filling the order.
private struct OrderTally {
    private var racks: [DayDistribution]
    private var lastDays: [Int] = []
    private var rackDays = 0
    private var placeWaits = DayDistribution()
    /// By gate: every source of every part in the bill's order, then stock.
    private let kinds: [Gate.Kind]
    private let firstKind: [Int]
    private var gaps: [DayDistribution]
    private var lastRackGates: [Int]
    /// By rack and gate.
    private var gatesOfRack: [[Int]]
    private let sourcing: Sourcing
    private let purchases: [Purchase]
    private var change: SourcingForecast.Change?

    init(_ bill: BillOfParts, sourcing: Sourcing, purchases: [Purchase]) {
        racks = (0..<bill.order.racks).map { _ in DayDistribution() }
        var kinds: [Gate.Kind] = []
        firstKind = bill.parts.indices.map { part in
            defer { kinds += bill.parts[part].sources.indices.map { .part(part, source: $0) } }
            return kinds.count
        }
        kinds.append(.stock)
        self.kinds = kinds
        gaps = kinds.map { _ in DayDistribution() }
        lastRackGates = kinds.map { _ in 0 }
        gatesOfRack = racks.map { _ in kinds.map { _ in 0 } }
        self.sourcing = sourcing
        self.purchases = purchases
    }

    mutating func add(_ outcomes: [OrderFuture.RackOutcome]) {
        for (rack, outcome) in outcomes.enumerated() {
            racks[rack].add(outcome.energised)
            rackDays += outcome.energised
            if outcome.placeWait > 0 { placeWaits.add(outcome.placeWait) }
            let gate = outcome.gate.map { firstKind[$0.part] + $0.source } ?? kinds.count - 1
            gaps[gate].add(outcome.gap)
            gatesOfRack[rack][gate] += 1
            if rack == outcomes.count - 1 {
                lastRackGates[gate] += 1
                lastDays.append(outcome.energised)
            }
        }
    }

    mutating func compare(with base: OrderTally) {
        var earlier = DayDistribution()
        for (own, other) in zip(lastDays, base.lastDays) { earlier.add(other - own) }
        change = SourcingForecast.Change(
            lastRackEarlier: earlier, rackDays: Double(base.rackDays - rackDays) / Double(max(1, lastDays.count)))
    }

    var forecast: SourcingForecast {
        let futures = Double(max(1, lastDays.count))
        let order = kinds.indices.filter { gaps[$0].total > 0 }.sorted {
            (-gaps[$0].total, $0) < (-gaps[$1].total, $1)
        }
        let gates = order.map { index in
            Gate(
                kind: kinds[index], share: Double(gaps[index].total) / (futures * Double(racks.count)),
                shareOfLastRack: Double(lastRackGates[index]) / futures, days: gaps[index])
        }
        let gateOfRack = gatesOfRack.map { counts in
            order.indices.max { (counts[order[$0]], -$0) < (counts[order[$1]], -$1) } ?? 0
        }
        return SourcingForecast(
            sourcing: sourcing, purchases: purchases, racks: racks, gates: gates, gateOfRack: gateOfRack,
            placeWaits: placeWaits, change: change)
    }
}
