/// How much is bought from whom: decided once, on the day of the order, by the typical lead times. Chance comes after.
struct BuyingPlan: Sendable {
    /// Units of one part from one source.
    struct Share: Sendable {
        /// Index in the part's sources; `nil` for its assembly.
        var source: Int?
        /// Used of what this source delivers; the rest is left over.
        var wanted: Int
    }

    /// By part; empty where nothing of it is needed, since what it goes into is bought.
    private(set) var shares: [[Share]]
    private let bill: BillOfParts

    /// - Parameter allowed: by part, the sources that may be used. An assembly always may.
    init(_ bill: BillOfParts, allowed: [[Int]]) {
        self.bill = bill
        shares = bill.parts.map { _ in [] }
        let assembled = Self.typicalAssembly(bill, allowed: allowed)
        var componentNeeds = bill.parts.map { _ in 0 }
        for (index, part) in bill.parts.enumerated() where !part.isComponent {
            shares[index] = deal(
                part, need: part.countPerRack * bill.order.racks, allowed: allowed[index], assembled: assembled[index])
            let count = shares[index].first { $0.source == nil }?.wanted ?? 0
            for component in part.assembly?.components ?? [] {
                componentNeeds[component.part] += count * component.count
            }
        }
        for (index, part) in bill.parts.enumerated() where part.isComponent && componentNeeds[index] > 0 {
            shares[index] = deal(part, need: componentNeeds[index], allowed: allowed[index], assembled: nil)
        }
    }

    /// The orders that the plan places. Where a need is bought from each of several sources, which of them is used up is
    /// chance; what is left over is then counted against the later ones of the bill.
    func purchases() -> [Purchase] {
        bill.parts.indices.flatMap { index -> [Purchase] in
            var open = bill.order.buying == .whole ? shares[index].first?.wanted ?? 0 : Int.max
            return shares[index].compactMap { share in
                let used = min(open, share.wanted)
                open -= used
                guard let number = share.source else { return nil }
                let source = bill.parts[index].sources[number]
                let ordered = source.order(toGet: share.wanted)
                let fromStock = min(source.stock, share.wanted)
                return Purchase(
                    part: bill.parts[index].name, supplier: source.supplier, item: source.item, ordered: ordered,
                    fromStock: fromStock, leftOver: ordered + fromStock - used)
            }
        }
    }

    // MARK: Dealing the need

    /// - Parameter assembled: when the part would be assembled, if all of it were; `nil` for a part that is bought.
    private func deal(_ part: BillPart, need: Int, allowed: [Int], assembled: [Receipt]?) -> [Share] {
        let sources = (assembled == nil ? [] : [nil]) + allowed.map { Optional($0) }
        guard sources.count > 1, bill.order.buying == .split else {
            return sources.map { Share(source: $0, wanted: need) }
        }
        var promised: [(receipt: Receipt, source: Int)] = []
        for (place, source) in sources.enumerated() {
            let receipts = source.map { Self.typicalReceipts(part.sources[$0], need: need) } ?? assembled ?? []
            promised += receipts.map { ($0, place) }
        }
        // In the order of the bill where two come on one day.
        promised.sort { ($0.receipt.day, $0.source) < ($1.receipt.day, $1.source) }
        var wanted = sources.map { _ in 0 }
        var open = need
        for promise in promised where open > 0 {
            let taken = min(open, promise.receipt.quantity)
            wanted[promise.source] += taken
            open -= taken
        }
        return zip(sources, wanted).filter { $0.1 > 0 }.map { Share(source: $0, wanted: $1) }
    }

    private static func typicalReceipts(_ source: PartSource, need: Int) -> [Receipt] {
        let usableFrom = if case .open(let takes) = source.qualification { takes.typical } else { 0 }
        return source.receipts(
            toGet: need, leadTime: source.leadTime.typical, usableFrom: usableFrom,
            cause: GateCause(part: 0, source: 0))
    }

    /// By part, when it would be assembled if nobody else delivered it; `nil` where it is bought.
    private static func typicalAssembly(_ bill: BillOfParts, allowed: [[Int]]) -> [[Receipt]?] {
        let lines = bill.parts.indices.compactMap { index in
            bill.parts[index].assembly.map {
                AssemblyLine(
                    part: index, of: bill, assembly: $0, total: bill.parts[index].countPerRack * bill.order.racks)
            }
        }
        let supplies = bill.parts.indices.map { index in
            let part = bill.parts[index]
            guard part.isComponent else { return ReceiptQueue([]) }
            let need = part.countPerRack * bill.order.racks
            return ReceiptQueue(
                allowed[index].flatMap { typicalReceipts(part.sources[$0], need: need) }.inOrder())
        }
        var assembled: [[Receipt]?] = bill.parts.map { _ in nil }
        for line in AssemblyLine.run(lines, supplies: supplies) { assembled[line.part] = line.finished }
        return assembled
    }
}
