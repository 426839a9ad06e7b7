/// Putting one part together from its components as these arrive, a rack's worth at a time.
struct AssemblyLine: Sendable {
    /// Index of the part in the bill.
    let part: Int
    private let assembly: BillPart.Assembly
    private let batch: Int
    private let total: Int
    private var done = 0
    private(set) var finished: [Receipt] = []

    init(part: Int, of bill: BillOfParts, assembly: BillPart.Assembly, total: Int) {
        self.part = part
        self.assembly = assembly
        self.total = total
        batch = bill.parts[part].countPerRack
    }

    /// Runs the lines of several parts beside each other: components that they share are dealt rack by rack.
    ///
    /// - Parameter supplies: by part of the bill, what comes of each component.
    static func run(_ lines: [AssemblyLine], supplies: [ReceiptQueue]) -> [AssemblyLine] {
        var (lines, supplies) = (lines, supplies)
        while lines.contains(where: { $0.done < $0.total }) {
            for index in lines.indices where lines[index].done < lines[index].total {
                lines[index].assembleBatch(from: &supplies)
            }
        }
        return lines
    }

    private mutating func assembleBatch(from supplies: inout [ReceiptQueue]) {
        let quantity = min(batch, total - done)
        done += quantity
        var last: Receipt?
        for component in assembly.components {
            guard let arrival = supplies[component.part].take(quantity * component.count) else {
                preconditionFailure("a buying plan covers the need of every component")
            }
            if let current = last, current.day >= arrival.day {
                last?.otherwise = max(current.otherwise, arrival.day)
            } else {
                let otherwise = last?.day ?? 0
                last = arrival
                last?.otherwise = otherwise
            }
        }
        guard var receipt = last else { return }
        receipt.quantity = quantity
        receipt.day += assembly.days
        receipt.otherwise += assembly.days
        finished.append(receipt)
    }
}
