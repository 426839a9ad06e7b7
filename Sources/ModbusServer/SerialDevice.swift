internal import DeviceSpecs
internal import Foundation
internal import Scenario

/// A serial device that is open for the server alone, in raw mode, with its line set.
struct SerialDevice {
    let descriptor: CInt

    /// Opens the device and takes it for this process: other programs cannot open it meanwhile (TIOCEXCL), unless they are
    /// root's, and those that keep to locks see one (flock).
    ///
    /// `bus` stands in the messages.
    init(path: String, format: SerialLineFormat, bus: String) throws(ServerFailure) {
        let place = "bus \(bus), device \(path)"
        // Without waiting for a carrier, and without becoming the terminal of this process.
        let descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .device(place, "open it", errno) }
        do throws(ServerFailure) {
            guard isatty(descriptor) == 1 else {
                throw ServerFailure(
                    attempted: "use it", place: place, reason: "it is no serial device",
                    remedy: "name one, such as /dev/ttyUSB0 or /dev/ttyS0")
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                throw .device(place, "have it alone", errno == EWOULDBLOCK ? EBUSY : errno)
            }
            guard ioctl(descriptor, UInt(TIOCEXCL)) == 0 else { throw .device(place, "have it alone", errno) }
            try Self.set(descriptor, to: format, place: place)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    private static func set(_ descriptor: CInt, to format: SerialLineFormat, place: String) throws(ServerFailure) {
        var settings = termios()
        // No echo, no lines, no signals, no flow control; a read returns when one octet is there.
        cfmakeraw(&settings)
        settings.c_cflag |= tcflag_t(CREAD) | tcflag_t(CLOCAL)
        let isPseudoTerminal = isPseudoTerminal(descriptor)
        switch format.parity {
        // A pseudo-terminal has no parity, and Linux refuses a second call that asks it for one.
        case _ where isPseudoTerminal: break
        case .none: break
        case .even: settings.c_cflag |= tcflag_t(PARENB)
        case .odd: settings.c_cflag |= tcflag_t(PARENB) | tcflag_t(PARODD)
        }
        // An octet with a wrong parity bit is left out, and the CRC tells that the frame is not whole.
        if format.parity != .none { settings.c_iflag |= tcflag_t(INPCK) | tcflag_t(IGNPAR) }
        if format.stopBits == 2 { settings.c_cflag |= tcflag_t(CSTOPB) }
        guard let speed = speed(of: format.baud), cfsetispeed(&settings, speed) == 0, cfsetospeed(&settings, speed) == 0
        else {
            throw unavailable(format, place)
        }
        // What came before the server was there is nobody's request.
        guard tcsetattr(descriptor, TCSAFLUSH, &settings) == 0 else {
            throw errno == EINVAL ? unavailable(format, place) : .device(place, "set its line to \(format)", errno)
        }
        // The call is content when anything could be set: what was not is seen in reading back.
        var taken = termios()
        guard tcgetattr(descriptor, &taken) == 0 else { throw .device(place, "read its line settings", errno) }
        let shape = tcflag_t(PARENB) | tcflag_t(PARODD) | tcflag_t(CSTOPB)
        let isSame = taken.c_cflag & shape == settings.c_cflag & shape && cfgetospeed(&taken) == speed
        guard isSame || isPseudoTerminal else { throw unavailable(format, place) }
    }

    private static func unavailable(_ format: SerialLineFormat, _ place: String) -> ServerFailure {
        ServerFailure(
            attempted: "set its line to \(format)", place: place, reason: "the device does not offer that",
            remedy: "give settings that it has, such as rtu:DEVICE,9600,even")
    }

    /// Major numbers 136 to 143 are theirs (Linux,
    /// admin-guide/devices.txt).
    private static func isPseudoTerminal(_ descriptor: CInt) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        return (136...143).contains((status.st_rdev >> 8) & 0xFFF)
    }

    /// The system's name of a rate; `nil` for one that it has no name for.
    static func speed(of baud: Int) -> speed_t? {
        let names: [Int: Int32] = [
            1_200: B1200, 1_800: B1800, 2_400: B2400, 4_800: B4800, 9_600: B9600, 19_200: B19200, 38_400: B38400,
            57_600: B57600, 115_200: B115200, 230_400: B230400, 460_800: B460800, 500_000: B500000, 576_000: B576000,
            921_600: B921600, 1_000_000: B1000000, 1_152_000: B1152000, 1_500_000: B1500000, 2_000_000: B2000000,
            2_500_000: B2500000, 3_000_000: B3000000, 3_500_000: B3500000, 4_000_000: B4000000,
        ]
        return names[baud].map { speed_t($0) }
    }
}
