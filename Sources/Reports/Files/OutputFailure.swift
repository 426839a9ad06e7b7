internal import Foundation

/// A file of the run's output that could not be written.
public struct OutputFailure: Error, CustomStringConvertible, Equatable {
    public var attempted: String
    public var path: String
    public var reason: String

    public var description: String { "cannot \(attempted) \(path): \(reason)" }

    /// The system's own words where there are some, such as "No space left on device": Foundation's sentences about
    /// files leave the reason out.
    static func reason(of error: any Error) -> String {
        let error = error as NSError
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        return cause.domain == NSPOSIXErrorDomain
            ? String(cString: strerror(Int32(cause.code))) : error.localizedDescription
    }
}
