/// Why a pool could not be made: every cause, each with place and remedy.
public struct MasterFailure: Error, CustomStringConvertible, Sendable {
    public struct Cause: Hashable, CustomStringConvertible, Sendable {
        public var place: String
        public var attempted: String
        public var reason: String
        public var remedy: String

        public var description: String { "\(place): cannot \(attempted): \(reason); \(remedy)" }
    }

    /// Not empty.
    public var causes: [Cause]

    public var description: String { causes.map(\.description).joined(separator: "\n") }
}
