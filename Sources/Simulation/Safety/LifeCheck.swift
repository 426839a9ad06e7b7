internal import Units

/// Who is written to was identified, and who is given up has failed often enough, by the octets alone.
struct LifeCheck {
    private let retries: Int
    private var isIdentified: [Bool]
    private var wasGivenUp: [Bool]

    init(deviceCount: Int, retries: Int) {
        self.retries = retries
        isIdentified = Array(repeating: false, count: deviceCount)
        wasGivenUp = isIdentified
    }

    /// Another controller begins, which has asked nobody yet.
    mutating func controllerBegan() {
        for device in isIdentified.indices { (isIdentified[device], wasGivenUp[device]) = (false, false) }
    }

    mutating func identified(_ device: Int) { isIdentified[device] = true }

    /// A write is on the line.
    func written(to device: Int, path: String) -> String? {
        isIdentified[device] ? nil : "\(path) was written to before it said what it is"
    }

    /// `failures`: how many transactions with it failed in a row, exceptions included.
    mutating func judge(_ device: Int, path: String, isGivenUp: Bool, failures: Int) -> String? {
        defer { wasGivenUp[device] = isGivenUp }
        guard isGivenUp, !wasGivenUp[device] else { return nil }
        isIdentified[device] = false
        guard failures <= retries else { return nil }
        return "\(path) was given up after \(failures) failures in a row; \(retries) retries were due"
    }
}
