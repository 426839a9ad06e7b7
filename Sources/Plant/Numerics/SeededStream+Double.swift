public import Units

extension SeededStream {
    /// The stream of a name that is only known when the program runs, such as a device's path. Gives the same stream
    /// as the literal of the same octets.
    public init(seed: UInt64, path: String) {
        var hash = SeededStream.emptyNameHash
        for octet in path.utf8 { hash = SeededStream.nameHash(hash, adding: octet) }
        self.init(seed: seed, nameHash: hash)
    }

    /// Uniform in 0..<1, in steps of 2^-53.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// Uniform in `low..<high`.
    public mutating func uniform(from low: Double, to high: Double) -> Double {
        low + (high - low) * uniform()
    }

    /// Nearly normal, mean 0 and deviation 1: twelve uniforms less six (Irwin-Hall), which needs no logarithm and
    /// never exceeds 6.
    public mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += uniform() }
        return sum
    }
}
