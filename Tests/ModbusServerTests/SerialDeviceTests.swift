import DeviceSpecs
import Foundation
import Scenario
import Testing

@testable import ModbusServer

@Suite struct SerialDeviceTests {
    private static let format = SerialLineFormat(baud: 19_200, parity: .none)

    @Test func `an open device is raw, at its rate, with its stop bits`() throws {
        let terminal = try PseudoTerminal(link: nil)
        defer { terminal.remove() }
        let device = try SerialDevice(path: terminal.path, format: Self.format, bus: "shelf")
        defer { close(device.descriptor) }
        var settings = termios()
        #expect(tcgetattr(device.descriptor, &settings) == 0)
        #expect(cfgetispeed(&settings) == speed_t(B19200) && cfgetospeed(&settings) == speed_t(B19200))
        #expect(settings.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
        #expect(settings.c_iflag & tcflag_t(IXON | ICRNL) == 0 && settings.c_oflag & tcflag_t(OPOST) == 0)
        #expect(settings.c_cflag & tcflag_t(CSTOPB) != 0 && settings.c_cflag & tcflag_t(CSIZE) == tcflag_t(CS8))
    }

    @Test func `octets that are special to terminals pass unchanged both ways`() throws {
        let terminal = try PseudoTerminal(link: nil)
        defer { terminal.remove() }
        let device = try SerialDevice(path: terminal.path, format: Self.format, bus: "shelf")
        defer { close(device.descriptor) }
        let octets = (0...255).map { UInt8($0) }
        for (from, to) in [(terminal.descriptor, device.descriptor), (device.descriptor, terminal.descriptor)] {
            #expect(write(from, octets, octets.count) == octets.count)
            var found: [UInt8] = []
            while found.count < octets.count {
                var waiting = pollfd(fd: to, events: Int16(POLLIN), revents: 0)
                try #require(poll(&waiting, 1, 10_000) == 1)
                var chunk = [UInt8](repeating: 0, count: 512)
                let count = read(to, &chunk, chunk.count)
                try #require(count > 0)
                found += chunk.prefix(count)
            }
            #expect(found == octets)
        }
    }

    @Test func `a pseudo-terminal stands in for a device of any parity, again and again`() throws {
        let terminal = try PseudoTerminal(link: nil)
        defer { terminal.remove() }
        for parity in Parity.allCases + Parity.allCases {
            let format = SerialLineFormat(baud: 115_200, parity: parity)
            close(try SerialDevice(path: terminal.path, format: format, bus: "shelf").descriptor)
        }
    }

    @Test func `a device that another has is refused with the remedy`() throws {
        let terminal = try PseudoTerminal(link: nil)
        defer { terminal.remove() }
        let device = try SerialDevice(path: terminal.path, format: Self.format, bus: "shelf")
        defer { close(device.descriptor) }
        let failure = #expect(throws: ServerFailure.self) {
            try SerialDevice(path: terminal.path, format: Self.format, bus: "trays")
        }
        let text = try #require(failure).description
        #expect(text.hasPrefix("bus trays, device \(terminal.path): cannot have it alone: "))
        #expect(text.hasSuffix("end the program that has it open, or choose another"))
    }

    @Test func `a device that is missing or no device is told as such`() throws {
        for (path, reason) in [("/dev/no-such-device", "No such file or directory"), ("/dev/null", "no serial device")]
        {
            let failure = #expect(throws: ServerFailure.self) {
                try SerialDevice(path: path, format: Self.format, bus: "shelf")
            }
            #expect(try #require(failure).description.contains("bus shelf, device \(path): cannot"))
            #expect(try #require(failure).reason.contains(reason))
        }
    }

    @Test(arguments: SerialLineFormat.rates)
    func `every rate that may be asked for has a name in the system`(rate: Int) {
        #expect(SerialDevice.speed(of: rate) != nil)
    }
}
