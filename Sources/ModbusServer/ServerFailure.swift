/// Why a bus could not be served: what was attempted, on what, why not, and what to do.
public struct ServerFailure: Error, CustomStringConvertible, Sendable {
    public var attempted: String
    public var place: String
    public var reason: String
    public var remedy: String
    /// The process that has the place, where it is known: who can may tell more of it.
    public var holder: Int32?

    func onBus(_ name: String) -> ServerFailure {
        var failure = self
        failure.place = "bus \(name), \(place)"
        return failure
    }

    public var description: String { "\(place): cannot \(attempted): \(reason); \(remedy)" }
}
