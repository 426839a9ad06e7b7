/// One future of an order: when each rack is energised, and what it waited for.
struct OrderFuture {
    struct RackOutcome {
        /// Days from the order.
        var energised: Int
        /// The delivery without which it would have been earlier: its own last one, or, where it waited for a place, what
        /// the rack before it on that place had waited for. `nil` where all was in stock.
        var gate: GateCause?
        /// By how much.
        var gap: Int
        /// Days that it stood complete and waited for a place.
        var placeWait: Int
    }

    private let bill: BillOfParts
    private let plan: BuyingPlan
    /// The parts that are put together, and how many of each.
    private let lines: [AssemblyLine]

    init(bill: BillOfParts, plan: BuyingPlan) {
        self.bill = bill
        self.plan = plan
        lines = bill.parts.indices.compactMap { index in
            guard let assembly = bill.parts[index].assembly,
                let share = plan.shares[index].first(where: { $0.source == nil })
            else { return nil }
            return AssemblyLine(part: index, of: bill, assembly: assembly, total: share.wanted)
        }
    }

    /// All racks, in the order in which they are brought up.
    func racks(sample: Int, draws: LeadTimeDraws) -> [RackOutcome] {
        var queues = queues(sample: sample, draws: draws)
        var outcomes: [RackOutcome] = []
        outcomes.reserveCapacity(bill.order.racks)
        for rack in 0..<bill.order.racks {
            var last: Receipt?
            var otherwise = 0
            for index in queues.indices where !bill.parts[index].isComponent {
                guard let arrival = queues[index].take(bill.parts[index].countPerRack) else {
                    preconditionFailure("a buying plan covers the need of every part")
                }
                if let current = last, current.day >= arrival.day {
                    otherwise = max(otherwise, arrival.day)
                } else {
                    otherwise = max(otherwise, last?.day ?? 0)
                    last = arrival
                }
            }
            let complete = last?.day ?? 0
            otherwise = max(otherwise, last?.otherwise ?? 0)
            let free = bill.order.places.map { rack < $0 ? 0 : outcomes[rack - $0].energised } ?? 0
            var outcome = RackOutcome(
                energised: max(complete, free) + bill.order.bringUpDays, gate: complete > 0 ? last?.cause : nil,
                gap: complete - max(otherwise, free), placeWait: max(0, free - complete))
            if outcome.placeWait > 0, let places = bill.order.places {
                // Were the one before earlier, this one would be too, down to its own last part; where both waited for one
                // delivery, that part would be there earlier as well.
                let before = outcomes[rack - places]
                outcome.gate = before.gate
                outcome.gap = min(before.gap, free - (last?.cause == before.gate ? otherwise : complete))
            }
            outcomes.append(outcome)
        }
        return outcomes
    }

    /// By part, what comes of it.
    private func queues(sample: Int, draws: LeadTimeDraws) -> [ReceiptQueue] {
        var receipts = bill.parts.indices.map { bought(part: $0, sample: sample, draws: draws) }
        if !lines.isEmpty {
            let supplies = receipts.map { ReceiptQueue($0.inOrder()) }
            for line in AssemblyLine.run(lines, supplies: supplies) { receipts[line.part] += line.finished }
        }
        return receipts.map { ReceiptQueue($0.inOrder()) }
    }

    private func bought(part index: Int, sample: Int, draws: LeadTimeDraws) -> [Receipt] {
        plan.shares[index].flatMap { share in
            guard let number = share.source else { return [Receipt]() }
            return bill.parts[index].sources[number].receipts(
                toGet: share.wanted, leadTime: draws.leadTime(part: index, source: number, sample: sample),
                usableFrom: draws.qualification(part: index, source: number, sample: sample),
                cause: GateCause(part: index, source: number))
        }
    }
}
