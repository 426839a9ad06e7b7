/// Receipts that are used up from the first on.
struct ReceiptQueue: Sendable {
    private let receipts: [Receipt]
    private var index = 0
    private var left: Int

    /// In order of days.
    init(_ receipts: [Receipt]) {
        self.receipts = receipts
        left = receipts.first?.quantity ?? 0
    }

    /// Takes so many units; the receipt that completes them, or `nil` when there are not so many.
    mutating func take(_ quantity: Int) -> Receipt? {
        var open = quantity
        while index < receipts.count {
            if left >= open {
                left -= open
                return receipts[index]
            }
            open -= left
            index += 1
            left = index < receipts.count ? receipts[index].quantity : 0
        }
        return nil
    }
}
