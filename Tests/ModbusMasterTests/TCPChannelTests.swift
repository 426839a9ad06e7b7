import Foundation
import ModbusMaster
import ModbusWire
import RackControl
import RegisterMaps
import Synchronization
import Testing
import Units

/// A channel and a device on a real TCP connection. Registers hold their own address, so that an answer to another
/// request shows.
@Suite struct TCPChannelTests {
    @Test func `what was read, written and refused comes back as such`() throws {
        let device = try FarEnd { request in
            let pdu = Array(request.octets[7...])
            switch pdu[0] {
            case 0x03, 0x04: return [.send(Answers.right(request.octets))]
            case 0x05, 0x06: return [.send(Answers.tcp(request.octets, pdu))]
            case 0x10: return [.send(Answers.tcp(request.octets, Array(pdu[..<5])))]
            case 0x2B:
                return [.send(Answers.tcp(request.octets, [0x2B, 0x0E, 4, 0x83, 0, 0, 1, 1, 3, 0x50, 0x4D, 0x31]))]
            default: return []
            }
        }
        let driver = try Driver(device)
        #expect(try driver.read(100, count: 3) == "registers 100 101 102")
        #expect(
            try driver.ask(.readRegisters(table: .inputRegisters, address: 7, count: 1)) == "registers 7")
        #expect(try driver.ask(.writeRegisters(address: 1, words: RegisterWords([9]))) == "written")
        #expect(try driver.ask(.writeRegisters(address: 1, words: RegisterWords([9, 8, 7]))) == "written")
        #expect(try driver.ask(.writeCoil(address: 5, isOn: true)) == "written")
        #expect(try driver.ask(.readIdentification(object: 1)) == "text \(0x504D) \(0x3100)")
        let health = driver.pool.health(of: 0)
        #expect(health.requests == 6 && health.isConnected && health.lastError.isEmpty)
        driver.pool.stop()
        #expect(!driver.pool.isConnected(0))
        device.stop()
    }

    @Test func `an exception is an answer`() throws {
        let device = try FarEnd { [.send(Answers.tcp($0.octets, [$0.octets[7] | 0x80, 6]))] }
        let driver = try Driver(device)
        #expect(try driver.read(0) == "exception 6")
        #expect(driver.pool.health(of: 0).exceptions == 1)
        driver.pool.stop()
        device.stop()
    }

    @Test func `an answer that comes with the next request's is not taken for it`() throws {
        let owed = Mutex<[UInt8]>([])
        let device = try FarEnd { request in
            guard request.number > 0 else {
                owed.withLock { $0 = Answers.right(request.octets) }
                return []
            }
            let late = owed.withLock { octets in
                defer { octets = [] }
                return octets
            }
            return [.send(late), .send(Answers.right(request.octets))]
        }
        let driver = try Driver(device)
        #expect(try driver.read(100, timeout: .milliseconds(30)) == "timeout")
        #expect(try driver.read(200) == "registers 200 201")
        #expect(try driver.read(300) == "registers 300 301")
        let health = driver.pool.health(of: 0)
        #expect(health.lateAnswers == 1 && health.timeouts == 1 && health.reconnects == 0)
        driver.pool.stop()
        device.stop()
    }

    @Test func `answers that are always one request behind are never believed`() throws {
        let owed = Mutex<[UInt8]>([])
        let device = try FarEnd { request in
            let late = owed.withLock { octets in
                defer { octets = Answers.right(request.octets) }
                return octets
            }
            return [.send(late)]
        }
        let driver = try Driver(device) { $0.silencesUntilReconnect = 1000 }
        for address in UInt16(0)..<20 {
            #expect(try driver.read(address, timeout: .milliseconds(10)) == "timeout")
        }
        #expect(driver.pool.health(of: 0).lateAnswers == 19)
        driver.pool.stop()
        device.stop()
    }

    @Test func `a duplicate of an answer is thrown away`() throws {
        let device = try FarEnd { [.send(Answers.right($0.octets) + Answers.right($0.octets))] }
        let driver = try Driver(device)
        for address in UInt16(0)..<5 { #expect(try driver.read(address) == "registers \(address) \(address + 1)") }
        #expect(driver.pool.health(of: 0).lateAnswers == 5)
        driver.pool.stop()
        device.stop()
    }

    @Test(arguments: [
        "identifier", "unit", "function", "fewer registers", "another address",
    ])
    func `an answer to something else is a mismatch, and the next one is right`(what: String) throws {
        let device = try FarEnd { request in
            let (octets, right) = (request.octets, Answers.registers(toPDU: request.octets[7...]))
            guard request.number == 0 else { return [.send(Answers.right(octets))] }
            switch what {
            case "identifier": return [.send(Answers.tcp(octets, right, identifierPlus: 0x100))]
            case "unit": return [.send(Answers.tcp(octets, right, unitPlus: 1))]
            case "function": return [.send(Answers.tcp(octets, [0x04] + right[1...]))]
            case "fewer registers": return [.send(Answers.tcp(octets, [0x03, 2, 0, 1]))]
            default: return [.send(Answers.tcp(octets, [0x06, 0, 99, 0, 1]))]
            }
        }
        let driver = try Driver(device)
        let request: BusRequest =
            what == "another address"
            ? .writeRegisters(address: 98, words: RegisterWords([1]))
            : .readRegisters(table: .holdingRegisters, address: 0, count: 2)
        #expect(try driver.ask(request) == "mismatch")
        #expect(try driver.read(5) == "registers 5 6")
        let health = driver.pool.health(of: 0)
        #expect(health.mismatches == 1 && health.reconnects == 0 && health.lastError.contains("unit 17"))
        driver.pool.stop()
        device.stop()
    }

    @Test(arguments: ["no Modbus", "octets behind the end", "cut off", "hangs up", "hangs up after half"])
    func `a stream that is out of step is left, and the next request has a new one`(what: String) throws {
        let device = try FarEnd { request in
            let right = Answers.right(request.octets)
            guard request.connection == 0 else { return [.send(right)] }
            switch what {
            case "no Modbus": return [.send(Array("HTTP/1.1 400 Bad Request\r\n".utf8))]
            case "octets behind the end": return [.send(right + [0, 0])]
            case "cut off": return [.send(right.dropLast(3))]
            case "hangs up": return [.close]
            default: return [.send(right.dropLast(3)), .close]
            }
        }
        let driver = try Driver(device)
        let isBad = what == "no Modbus" || what == "octets behind the end"
        #expect(try driver.read(0, timeout: .milliseconds(isBad ? 20_000 : 200)) == (isBad ? "badFrame" : "timeout"))
        #expect(try driver.read(7) == "registers 7 8")
        #expect(driver.pool.health(of: 0).reconnects == 1)
        driver.pool.stop()
        device.stop()
    }

    @Test func `an answer in single octets is one answer`() throws {
        let device = try FarEnd { [.trickle(Answers.right($0.octets))] }
        let driver = try Driver(device)
        #expect(try driver.read(1000, count: 100).hasPrefix("registers 1000 1001 "))
        #expect(driver.words.count == 100)
        driver.pool.stop()
        device.stop()
    }

    @Test func `a connection that ended between two requests costs neither of them`() throws {
        let device = try FarEnd { [.send(Answers.right($0.octets)), .close] }
        let driver = try Driver(device)
        for address in UInt16(0)..<10 {
            #expect(try driver.read(address, count: 1) == "registers \(address)")
            // The next request is meant to come after the end, not beside it.
            device.waitForHangUp()
        }
        #expect(driver.pool.health(of: 0).reconnects == 9)
        driver.pool.stop()
        device.stop()
    }

    @Test func `who watches sees every octet both ways`() throws {
        let device = try FarEnd { request in
            let right = Answers.right(request.octets)
            return [.send(request.number == 0 ? Array(right.dropLast()) : right)]
        }
        let seen = Mutex<[String]>([])
        let driver = try Driver(device) {
            $0.frameObserver = { octets, direction, channel, _ in
                let line = "\(channel) \(direction) " + octets.map { String(format: "%02X", $0) }.joined()
                seen.withLock { $0.append(line) }
            }
        }
        #expect(try driver.read(1, count: 1, timeout: .milliseconds(100)) == "timeout")
        #expect(try driver.read(2, count: 1) == "registers 2")
        driver.pool.stop()
        device.stop()
        #expect(
            seen.withLock { $0 } == [
                "0 requests 000100000006110300010001", "0 responses 00010000000511030200",
                "0 requests 000200000006110300020001", "0 responses 0002000000051103020002",
            ])
    }
}
