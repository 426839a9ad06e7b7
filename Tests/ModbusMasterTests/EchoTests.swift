import ModbusMaster
import ModbusWire
import RackControl
import Testing
import Units

/// Two-wire adapters that hear what they send: the far end sends the request back before its answer.
@Suite struct EchoTests {
    private func driver(_ device: FarEnd, echoes: Bool) throws -> Driver {
        try Driver([.rtu(device: device.path, baud: 115_200, parity: .none, stopBits: 1, echoes: echoes)])
    }

    @Test func `the answer behind the echo is found`() throws {
        let device = try FarEnd(serialAt: nil) { [.send($0.octets), .send(Answers.rightRTU($0.octets))] }
        let driver = try driver(device, echoes: true)
        #expect(try driver.read(100, count: 3) == "registers 100 101 102")
        #expect(try driver.read(7, count: 1) == "registers 7")
        #expect(driver.pool.health(of: 0).lastError.isEmpty)
        driver.pool.stop()
        device.stop()
    }

    @Test func `echo and answer in one lump, or octet by octet, are told apart`() throws {
        let device = try FarEnd(serialAt: nil) { request in
            let both = request.octets + Answers.rightRTU(request.octets)
            return [request.number == 0 ? .send(both) : .trickle(both)]
        }
        let driver = try driver(device, echoes: true)
        #expect(try driver.read(100) == "registers 100 101")
        #expect(try driver.read(200) == "registers 200 201")
        driver.pool.stop()
        device.stop()
    }

    @Test func `the echo of a write is not its confirmation`() throws {
        let device = try FarEnd(serialAt: nil) { request in
            request.number == 0 ? [.send(request.octets)] : [.send(request.octets), .send(request.octets)]
        }
        let driver = try driver(device, echoes: true)
        #expect(try driver.ask(.writeCoil(address: 5, isOn: true), timeout: .milliseconds(50)) == "timeout")
        #expect(try driver.ask(.writeCoil(address: 5, isOn: true)) == "written")
        driver.pool.stop()
        device.stop()
    }

    @Test func `an adapter that hears itself though nobody said so is told, and nothing behind it is believed`() throws
    {
        let device = try FarEnd(serialAt: nil) { [.send($0.octets), .send(Answers.rightRTU($0.octets))] }
        let driver = try driver(device, echoes: false)
        #expect(try driver.read(100) == "badFrame")
        #expect(
            driver.pool.health(of: 0).lastError
                == "\(device.path): the request itself came back: the adapter hears itself; say so with \"echo\" behind its "
                + "settings")
        driver.pool.stop()
        device.stop()
    }

    @Test func `an adapter that does not hear itself though it was said to is told`() throws {
        let device = try FarEnd(serialAt: nil) { [.send(Answers.rightRTU($0.octets))] }
        let driver = try driver(device, echoes: true)
        #expect(try driver.read(100) == "badFrame")
        #expect(driver.pool.health(of: 0).lastError.contains("what came back is not what was sent: two talk at once"))
        driver.pool.stop()
        device.stop()
    }
}
