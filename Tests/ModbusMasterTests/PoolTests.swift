import Foundation
import ModbusMaster
import ModbusWire
import RackControl
import RegisterMaps
import Synchronization
import Testing
import Units

@Suite struct PoolTests {
    @Test func `a device that hangs holds up no other, nor the end`() throws {
        let hung = try FarEnd { _ in [] }
        let well = try FarEnd { [.send(Answers.right($0.octets))] }
        let endpoints = [hung, well].map { MasterEndpoint.tcp(host: "127.0.0.1", port: $0.port) }
        let driver = try Driver(endpoints)
        driver.submit(
            .readRegisters(table: .holdingRegisters, address: 0, count: 1), channel: 0, timeout: .seconds(3600))
        for address in UInt16(0)..<50 {
            #expect(try driver.read(address, count: 1, channel: 1) == "registers \(address)")
        }
        driver.pool.stop()
        let last = try driver.next()
        #expect(last.channel == 0 && driver.text(of: last.reply) == "timeout")
        hung.stop()
        well.stop()
    }

    @Test func `a host that lets nobody in is waited for no longer than the transaction allows`() throws {
        // A listener whose queue is full answers nothing to the next one who knocks.
        let (listener, port) = try Loopback.listen(port: 0, backlog: 0)
        var fillers: [CInt] = []
        for _ in 0..<4 {
            let filler = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
            _ = fcntl(filler, F_SETFL, O_NONBLOCK)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = connect(filler, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            fillers.append(filler)
        }
        let driver = try Driver([.tcp(host: "127.0.0.1", port: port)]) { $0.connectTimeout = .milliseconds(50) }
        #expect(try driver.read(0, timeout: .milliseconds(300)) == "timeout")
        #expect(driver.pool.health(of: 0).lastError == "127.0.0.1:\(port): cannot connect: nobody answers")
        #expect(driver.pool.health(of: 0).requests == 0)
        driver.pool.stop()
        for descriptor in fillers + [listener] { close(descriptor) }
    }

    @Test func `a device that comes later is found without being asked for`() throws {
        let (listener, port) = try Loopback.listen(port: 0)
        close(listener)
        let driver = try Driver([.tcp(host: "127.0.0.1", port: port)])
        #expect(try driver.read(0, timeout: .milliseconds(20)) == "timeout")
        #expect(driver.pool.health(of: 0).lastError == "127.0.0.1:\(port): cannot connect: Connection refused")
        let device = try FarEnd(port: port) { [.send(Answers.right($0.octets))] }
        #expect(try driver.read(6) == "registers 6 7")
        driver.pool.stop()
        device.stop()
    }

    @Test func `who answers late is not taken for gone`() throws {
        let owed = Mutex<[UInt8]>([])
        let device = try FarEnd { request in
            let late = owed.withLock { octets in
                defer { octets = Answers.right(request.octets) }
                return octets
            }
            return [.send(late)]
        }
        let driver = try Driver(device) { $0.silencesUntilReconnect = 2 }
        for _ in 0..<6 { #expect(try driver.read(0, timeout: .milliseconds(20)) == "timeout") }
        let health = driver.pool.health(of: 0)
        #expect(health.lateAnswers == 5 && health.reconnects == 0)
        driver.pool.stop()
        device.stop()
    }

    @Test func `a device that falls silent is given a new connection`() throws {
        let device = try FarEnd { $0.connection == 0 ? [] : [.send(Answers.right($0.octets))] }
        let driver = try Driver(device) { $0.silencesUntilReconnect = 2 }
        #expect(try driver.read(0, timeout: .milliseconds(20)) == "timeout")
        #expect(try driver.read(0, timeout: .milliseconds(20)) == "timeout")
        #expect(try driver.read(6) == "registers 6 7")
        let health = driver.pool.health(of: 0)
        #expect(health.reconnects == 1 && health.lastError.contains("no answer to 2 requests in a row"))
        driver.pool.stop()
        device.stop()
    }

    @Test func `every channel has a thread that says hello first`() throws {
        let devices = try (0..<3).map { _ in try FarEnd { [.send(Answers.right($0.octets))] } }
        let greeted = Mutex<Set<Int>>([])
        let driver = try Driver(devices.map { .tcp(host: "localhost", port: $0.port) }) {
            $0.onThreadStart = { channel in _ = greeted.withLock { $0.insert(channel) } }
        }
        for channel in 0..<3 {
            driver.submit(
                .readRegisters(table: .holdingRegisters, address: UInt16(channel), count: 1), channel: channel)
        }
        var answered: [Int: String] = [:]
        for _ in 0..<3 {
            let completion = try driver.next()
            answered[completion.channel] = driver.text(of: completion.reply)
            #expect(completion.sentAt <= completion.endedAt)
        }
        #expect(answered == [0: "registers 0", 1: "registers 1", 2: "registers 2"])
        #expect(greeted.withLock { $0 } == [0, 1, 2])
        driver.pool.stop()
        for device in devices { device.stop() }
    }

    @Test func `nothing is there before anything was asked`() throws {
        let (listener, port) = try Loopback.listen(port: 0)
        let driver = try Driver([.tcp(host: "127.0.0.1", port: port)])
        #expect(!driver.pool.wait(until: Driver.later(.milliseconds(1))))
        var words = RegisterBlock()
        #expect(driver.pool.nextCompletion(registers: &words) == nil)
        driver.pool.stop()
        close(listener)
    }

    @Test func `endpoints that cannot be are refused, all at once`() throws {
        let failure = #expect(throws: MasterFailure.self) {
            try MasterPool([
                .tcp(host: "127.0.0.1", port: 70_000), .tcp(host: "", port: 502),
                .rtu(device: "/dev/ttyUSB0", baud: 12_345, parity: .even, stopBits: 3),
            ])
        }
        #expect(
            try #require(failure).causes.map(\.place)
                == ["127.0.0.1:70000", ":502", "/dev/ttyUSB0", "/dev/ttyUSB0"])
        #expect(failure?.description.contains("12345 baud cannot be set") == true)
    }

    @Test func `more channels than libmodbus can bear are refused, not tried`() throws {
        let many = [MasterEndpoint](repeating: .tcp(host: "127.0.0.1", port: 502), count: MasterPool.channelLimit + 1)
        let failure = #expect(throws: MasterFailure.self) { try MasterPool(many) }
        #expect(failure?.causes.count == 1)
        #expect(failure?.description.contains("1001 channels: cannot make as many") == true)
    }
}
