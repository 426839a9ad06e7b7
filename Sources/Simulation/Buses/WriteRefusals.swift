/// Which refused writes of clients outside have been told: each register, and each reason, once.
struct WriteRefusals {
    /// Then no more are told. Arbitrary: more than a person reads, and a client that tries every register costs no more.
    private static let limit = 200

    private var told: [UInt64] = []
    /// The last that is to be told, until somebody takes it.
    var news: String?

    /// Whether this one is new.
    mutating func isNew(bus: Int, unit: UInt8, function: UInt8, address: UInt16, code: UInt8) -> Bool {
        let place = UInt64(bus) << 40 | UInt64(unit) << 32 | UInt64(function) << 24 | UInt64(code) << 16
        let key = place | UInt64(address)
        guard told.count < Self.limit, !told.contains(key) else { return false }
        told.append(key)
        return true
    }
}
