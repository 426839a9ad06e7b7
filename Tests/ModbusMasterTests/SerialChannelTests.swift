import Foundation
import ModbusMaster
import ModbusWire
import RackControl
import RegisterMaps
import Synchronization
import Testing
import Units

/// A channel and its devices on a real pseudo-terminal.
@Suite struct SerialChannelTests {
    @Test func `registers and texts come from any unit, those beyond 247 too`() throws {
        let device = try FarEnd(serialAt: nil) { request in
            guard request.octets[1] == 0x2B else { return [.send(Answers.rightRTU(request.octets))] }
            return [.send(Answers.rtu(request.octets[0], [0x2B, 0x0E, 4, 0x83, 0, 0, 1, 0, 2, 0x42, 0x42]))]
        }
        let driver = try Driver(device)
        #expect(try driver.read(100, count: 3, unit: 1) == "registers 100 101 102")
        #expect(try driver.read(0xFF00, count: 125, unit: 255).hasPrefix("registers 65280 65281 "))
        #expect(try driver.ask(.readIdentification(object: 0), unit: 250) == "text \(0x4242)")
        #expect(driver.pool.health(of: 0).lastError.isEmpty)
        driver.pool.stop()
        device.stop()
    }

    @Test func `an exception is an answer`() throws {
        let device = try FarEnd(serialAt: nil) { [.send(Answers.rtu($0.octets[0], [$0.octets[1] | 0x80, 2]))] }
        let driver = try Driver(device)
        #expect(try driver.read(0) == "exception 2")
        driver.pool.stop()
        device.stop()
    }

    /// The device holds its first answer back until the master has given up.
    @Test func `a late answer of the same shape is not taken for the next one's`() throws {
        let gaveUp = DispatchSemaphore(value: 0)
        let device = try FarEnd(serialAt: nil) { request in
            if request.number == 0 { gaveUp.wait() }
            return [.send(Answers.rightRTU(request.octets))]
        }
        // So long that the late answer is there before it ends, on any machine.
        let driver = try Driver(device) { $0.lateAnswerAllowance = .seconds(20) }
        #expect(try driver.read(100, timeout: .milliseconds(30)) == "timeout")
        gaveUp.signal()
        #expect(try driver.read(200) == "registers 200 201")
        #expect(try driver.read(300) == "registers 300 301")
        #expect(driver.pool.health(of: 0).lateAnswers == 1)
        driver.pool.stop()
        device.stop()
    }

    @Test func `answers that are always one request behind are never believed, however late`() throws {
        let owed = Mutex<[UInt8]>([])
        let device = try FarEnd(serialAt: nil) { request in
            let late = owed.withLock { octets in
                defer { octets = Answers.rightRTU(request.octets) }
                return octets
            }
            return [.send(late)]
        }
        let driver = try Driver(device) { $0.lateAnswerAllowance = .zero }
        for address in UInt16(0)..<20 {
            #expect(try driver.read(10 * address, timeout: .milliseconds(10)) == "timeout")
        }
        #expect(driver.pool.health(of: 0).lateAnswers > 10)
        driver.pool.stop()
        device.stop()
    }

    /// One answer is lost for good; the device is in step, and the master cannot know.
    @Test func `after a lost answer a read of another quantity goes first, once`() throws {
        let quantities = Mutex<[UInt8]>([])
        let device = try FarEnd(serialAt: nil) { request in
            quantities.withLock { $0.append(request.octets[5]) }
            return request.number == 0 ? [] : [.send(Answers.rightRTU(request.octets))]
        }
        let driver = try Driver(device) { $0.lateAnswerAllowance = .zero }
        #expect(try driver.read(100, count: 4, timeout: .milliseconds(30)) == "timeout")
        #expect(try driver.read(200, count: 4) == "registers 200 201 202 203")
        #expect(try driver.read(300, count: 4) == "registers 300 301 302 303")
        #expect(quantities.withLock { $0 } == [4, 1, 4, 4])
        driver.pool.stop()
        device.stop()
    }

    @Test func `a late answer of another unit does not disturb`() throws {
        let device = try FarEnd(serialAt: nil) { request in
            guard request.number > 0 else { return [] }
            let late = request.number == 1 ? Answers.rtu(5, [3, 4, 0, 1, 0, 2]) : []
            return [.send(late + Answers.rightRTU(request.octets))]
        }
        let driver = try Driver(device)
        #expect(try driver.read(100, unit: 5, timeout: .milliseconds(30)) == "timeout")
        #expect(try driver.read(200, unit: 6) == "registers 200 201")
        #expect(driver.pool.health(of: 0).lateAnswers == 1)
        driver.pool.stop()
        device.stop()
    }

    @Test(arguments: ["checksum", "cut off", "octets behind the end", "unit", "function"])
    func `damage and confusion are told apart`(what: String) throws {
        let device = try FarEnd(serialAt: nil) { request in
            var right = Answers.rightRTU(request.octets)
            guard request.number == 0 else { return [.send(right)] }
            switch what {
            case "checksum": right[3] ^= 1
            case "cut off": right.removeLast(3)
            case "octets behind the end": right += [0x55, 0xAA]
            case "unit": right = Answers.rtu(request.octets[0] + 1, Array(right[1..<(right.count - 2)]))
            default: right = Answers.rtu(request.octets[0], [4, 4, 0, 0, 0, 0])
            }
            return [.send(right)]
        }
        // After a mismatch the line rests for so long; here nothing more can come.
        let driver = try Driver(device) { $0.lateAnswerAllowance = .milliseconds(1) }
        let isElse = what == "unit" || what == "function"
        #expect(try driver.read(0) == (isElse ? "mismatch" : "badFrame"))
        #expect(try driver.read(8) == "registers 8 9")
        driver.pool.stop()
        device.stop()
    }

    @Test func `noise before an answer is passed over`() throws {
        let device = try FarEnd(serialAt: nil) { [.send([0x00, 0xFF] + Answers.rightRTU($0.octets))] }
        let driver = try Driver(device)
        #expect(try driver.read(4) == "registers 4 5")
        driver.pool.stop()
        device.stop()
    }

    @Test func `a driver without an RS-485 mode is named`() throws {
        let device = try FarEnd(serialAt: nil) { [.send(Answers.rightRTU($0.octets))] }
        let driver = try Driver(device) { $0.transmitterControl = .driver }
        #expect(try driver.read(1, timeout: .milliseconds(20)) == "timeout")
        #expect(driver.pool.health(of: 0).lastError.hasPrefix("\(device.path): cannot switch to RS-485: "))
        driver.pool.stop()
        device.stop()
    }

    @Test func `a device that vanishes is named, and used again when it is back`() throws {
        let link = NSTemporaryDirectory() + "busbar-line-\(UUID().uuidString)"
        defer { unlink(link) }
        let first = try FarEnd(serialAt: link) { [.send(Answers.rightRTU($0.octets))] }
        let driver = try Driver(first)
        #expect(try driver.read(1) == "registers 1 2")
        first.stop()
        #expect(try driver.read(2, timeout: .milliseconds(50)) == "timeout")
        #expect(!driver.pool.isConnected(0))
        #expect(driver.pool.health(of: 0).lastError.hasPrefix("\(link): "))
        let second = try FarEnd(serialAt: link) { [.send(Answers.rightRTU($0.octets))] }
        #expect(try driver.read(3) == "registers 3 4")
        #expect(driver.pool.health(of: 0).reconnects == 1)
        driver.pool.stop()
        second.stop()
    }
}
