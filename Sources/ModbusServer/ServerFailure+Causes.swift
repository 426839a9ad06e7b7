internal import Foundation
internal import NIOCore

extension ServerFailure {
    static func unknownHost(_ host: String, place: String) -> ServerFailure {
        ServerFailure(
            attempted: "listen", place: place, reason: "no address is known for the host \(host)",
            remedy: "name an address of this machine, such as 127.0.0.1")
    }

    static func binding(_ error: any Error, place: String) -> ServerFailure {
        if let failure = error as? ServerFailure { return failure }
        guard let error = error as? IOError else {
            return ServerFailure(
                attempted: "listen", place: place, reason: "\(error)", remedy: "choose another address or port")
        }
        let remedy =
            switch error.errnoCode {
            case EADDRINUSE: "end the program that listens there, or choose another port (0 takes any that is free)"
            case EACCES: "choose a port above 1023, or run with the right to use lower ones"
            case EADDRNOTAVAIL: "name an address of this machine, such as 127.0.0.1"
            default: "choose another address or port"
            }
        return ServerFailure(
            attempted: "listen", place: place, reason: String(cString: strerror(error.errnoCode)), remedy: remedy)
    }

    /// What the system says about a serial device, with what to do about it.
    static func device(_ place: String, _ attempted: String, _ code: CInt) -> ServerFailure {
        let remedy =
            switch code {
            case ENOENT, ENXIO, ENODEV: "plug it in, or name one that is there: ls /dev/ttyUSB* /dev/ttyACM* /dev/ttyS*"
            case EACCES, EPERM: "join the group that owns it (most often dialout), or choose another"
            case EBUSY: "end the program that has it open, or choose another"
            default: "see whether it is plugged in and works"
            }
        return ServerFailure(
            attempted: attempted, place: place, reason: String(cString: strerror(code)), remedy: remedy)
    }
}
