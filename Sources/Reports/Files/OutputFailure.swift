/// A file of the run's output that could not be written.
public struct OutputFailure: Error, CustomStringConvertible, Equatable {
    public var attempted: String
    public var path: String
    public var reason: String

    public var description: String { "cannot \(attempted) \(path): \(reason)" }
}
