import Foundation
import ModbusWire
import Synchronization
import Units

/// A device at the other end of a real socket or pseudo-terminal that does what the test says, on a thread of its own.
final class FarEnd: @unchecked Sendable {
    enum Act {
        case send([UInt8])
        /// Octet by octet, each in a segment of its own.
        case trickle([UInt8])
        /// Hangs up.
        case close
    }

    /// A request as it came, whole.
    struct Request {
        /// Which connection it came on, from 0.
        var connection: Int
        /// From 0, over all connections.
        var number: Int
        var octets: [UInt8]
    }

    private let stopping = Atomic<Bool>(false)
    private let requestCount = Atomic<Int>(0)
    private let ended = DispatchSemaphore(value: 0)
    private let hungUp = DispatchSemaphore(value: 0)
    private let descriptor: CInt
    private let isSerial: Bool
    private let script: @Sendable (Request) -> [Act]

    /// The port, for a TCP device.
    let port: Int
    /// The path, for a serial device.
    let path: String

    /// A TCP device; port 0 takes any that is free.
    init(port: Int = 0, script: @escaping @Sendable (Request) -> [Act]) throws {
        let (descriptor, port) = try Loopback.listen(port: port)
        self.descriptor = descriptor
        self.port = port
        path = ""
        isSerial = false
        self.script = script
        Thread.detachNewThread { [self] in serve() }
    }

    /// A serial device at `link`, or at the pseudo-terminal's own path.
    init(serialAt link: String?, script: @escaping @Sendable (Request) -> [Act]) throws {
        let (descriptor, path) = try Loopback.pseudoTerminal(link: link)
        self.descriptor = descriptor
        self.path = path
        port = 0
        isSerial = true
        self.script = script
        Thread.detachNewThread { [self] in serve() }
    }

    /// Ends the device; returns when its descriptors are closed.
    func stop() {
        guard !stopping.exchange(true, ordering: .sequentiallyConsistent) else { return }
        ended.wait()
    }

    /// Returns when one more TCP connection has been closed from this side; each is waited for once.
    func waitForHangUp() { hungUp.wait() }

    private func serve() {
        defer {
            close(descriptor)
            ended.signal()
        }
        if isSerial {
            serve(on: descriptor, connection: 0)
            return
        }
        var connection = 0
        while waitForInput(descriptor) {
            let accepted = accept(descriptor, nil, nil)
            guard accepted >= 0 else { continue }
            var isOn: CInt = 1
            setsockopt(accepted, CInt(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<CInt>.size))
            serve(on: accepted, connection: connection)
            close(accepted)
            hungUp.signal()
            connection += 1
        }
    }

    private func serve(on line: CInt, connection: Int) {
        var receiver = FarEndReceiver(isSerial: isSerial)
        var octets = [UInt8](repeating: 0, count: 512)
        while waitForInput(line) {
            let count = read(line, &octets, octets.count)
            // A pseudo-terminal that nobody has open reports an error until somebody has.
            if count <= 0, isSerial { continue }
            guard count > 0 else { return }
            for request in receiver.requests(in: octets[..<count]) {
                let number = requestCount.wrappingAdd(1, ordering: .relaxed).oldValue
                for act in script(Request(connection: connection, number: number, octets: request)) {
                    switch act {
                    case .send(let octets): _ = octets.withUnsafeBytes { write(line, $0.baseAddress, $0.count) }
                    case .trickle(let octets):
                        for octet in octets { _ = withUnsafeBytes(of: octet) { write(line, $0.baseAddress, 1) } }
                    case .close: return
                    }
                }
            }
        }
    }

    /// False when the device is to stop.
    private func waitForInput(_ descriptor: CInt) -> Bool {
        while !stopping.load(ordering: .relaxed) {
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&request, 1, 10) > 0 else { continue }
            if request.revents & Int16(POLLIN) != 0 || !isSerial { return true }
            // Hung up: poll returns at once until somebody opens the other end.
            _ = poll(nil, 0, 1)
        }
        return false
    }
}

/// Finds whole requests in what comes.
struct FarEndReceiver {
    private var tcp = TCPReceiver()
    private var rtu = RTUReceiver(direction: .requests, silence: .seconds(1))
    private let isSerial: Bool

    init(isSerial: Bool) { self.isSerial = isSerial }

    mutating func requests(in octets: ArraySlice<UInt8>) -> [[UInt8]] {
        var found: [[UInt8]] = []
        if isSerial {
            for octet in octets where rtu.receive(octet, at: .start) {
                found.append(rtu.frame.withUnsafeBytes { Array($0) })
            }
        } else {
            var position = 0
            let all = Array(octets)
            while position < all.count, (try? tcp.receive(all.span, from: &position)) == true {
                found.append(tcp.frame.withUnsafeBytes { Array($0) })
            }
        }
        return found
    }
}

/// Sockets and pseudo-terminals of this machine.
enum Loopback {
    struct Failure: Error { var what: String, code: Int32 }

    /// A listening socket on 127.0.0.1 and its port.
    static func listen(port: Int, backlog: CInt = 16) throws -> (CInt, Int) {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(what: "socket", code: errno) }
        var isOn: CInt = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<CInt>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                bind(descriptor, general, length) == 0 && Glibc.listen(descriptor, backlog) == 0
                    && getsockname(descriptor, general, &length) == 0
            }
        }
        guard status else { throw Failure(what: "listen", code: errno) }
        return (descriptor, Int(in_port_t(bigEndian: address.sin_port)))
    }

    /// The near end of a new pseudo-terminal, and where the far end is opened. Nobody holds the far end open.
    static func pseudoTerminal(link: String?) throws -> (CInt, String) {
        var (descriptor, held): (CInt, CInt) = (-1, -1)
        var settings = termios()
        cfmakeraw(&settings)
        var name = [CChar](repeating: 0, count: 128)
        guard openpty(&descriptor, &held, &name, &settings, nil) == 0 else {
            throw Failure(what: "openpty", code: errno)
        }
        close(held)
        let path = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        guard let link else { return (descriptor, path) }
        unlink(link)
        guard symlink(path, link) == 0 else { throw Failure(what: "symlink", code: errno) }
        return (descriptor, link)
    }
}
