import Foundation
import ModbusMaster
import Testing
import Units

/// One controller for a place. That a claim keeps another process out is shown by the tests of the command line.
@Suite struct ExclusiveUseTests {
    @Test func `a serial device that another program locks is not opened, and the program is named`() throws {
        let device = try FarEnd(serialAt: nil) { [.send(Answers.rightRTU($0.octets))] }
        let held = open(device.path, O_RDWR | O_NOCTTY)
        try #require(flock(held, LOCK_EX | LOCK_NB) == 0)
        let driver = try Driver(device) { $0.longestPause = .milliseconds(100) }
        #expect(try driver.read(1, timeout: .milliseconds(300)) == "timeout")
        let told = driver.pool.health(of: 0).lastError
        #expect(told.hasPrefix("\(device.path): cannot open: process \(getpid()) ("))
        #expect(told.hasSuffix(") has it; end that one first"))
        close(held)
        #expect(try driver.read(1) == "registers 1 2", "it is free again")
        driver.pool.stop()
        device.stop()
    }

    @Test func `a channel locks its serial device for as long as it is open`() throws {
        let device = try FarEnd(serialAt: nil) { [.send(Answers.rightRTU($0.octets))] }
        let driver = try Driver(device)
        _ = try driver.read(1)
        let other = open(device.path, O_RDWR | O_NOCTTY)
        #expect(flock(other, LOCK_EX | LOCK_NB) == -1)
        driver.pool.stop()
        #expect(flock(other, LOCK_EX | LOCK_NB) == 0)
        close(other)
        device.stop()
    }

    @Test func `claims that cannot be made say where and why`() {
        guard case .unavailable(let path, let error) = PlaceClaims.claim([], folder: "/nowhere") else {
            Issue.record("claimed in a folder that is not there")
            return
        }
        #expect(path == "/nowhere/busbar-control.claims")
        #expect(error == ENOENT)
    }

    @Test func `the file of claims is open to every user, and nothing is written to it`() throws {
        let folder = NSTemporaryDirectory() + "busbar-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        guard case .claimed(let claims) = PlaceClaims.claim([.tcp(host: "bmc-1", port: 502)], folder: folder) else {
            Issue.record("nobody else has it")
            return
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/busbar-control.claims")
        #expect(attributes[.posixPermissions] as? Int == 0o666)
        #expect(attributes[.size] as? Int == 0)
        _ = claims
    }
}
