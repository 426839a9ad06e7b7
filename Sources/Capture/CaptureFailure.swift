/// A capture file that could not be opened or written.
public struct CaptureFailure: Error, CustomStringConvertible, Equatable {
    public var attempted: String
    public var path: String
    public var reason: String

    public var description: String { "cannot \(attempted) \(path): \(reason)" }
}
