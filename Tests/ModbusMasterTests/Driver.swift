import Foundation
import ModbusMaster
import ModbusWire
import RackControl
import RegisterMaps
import Testing
import Units

/// Drives a pool as a controller does, one transaction after the other.
final class Driver {
    let pool: MasterPool
    private(set) var words = RegisterBlock()

    init(_ endpoints: [MasterEndpoint], _ set: (inout MasterOptions) -> Void = { _ in }) throws {
        var options = MasterOptions()
        set(&options)
        pool = try MasterPool(endpoints, options: options)
        pool.start()
    }

    convenience init(_ device: FarEnd, _ set: (inout MasterOptions) -> Void = { _ in }) throws {
        let endpoint: MasterEndpoint =
            device.port != 0
            ? .tcp(host: "127.0.0.1", port: device.port)
            : .rtu(device: device.path, baud: 115_200, parity: .none, stopBits: 1)
        try self.init([endpoint], set)
    }

    static func later(_ interval: Interval) -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(rawValue: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)) + interval
    }

    static func transaction(_ request: BusRequest, unit: UInt8, timeout: Interval) -> BusTransaction {
        BusTransaction(
            bus: 0, device: 0, unit: unit, request: request, timeout: timeout, purpose: .identify, issuedAt: .start)
    }

    /// Long enough for any machine, since the answer is expected; a silence that is expected names a shorter one.
    static let patience = Interval.seconds(20)

    func submit(_ request: BusRequest, unit: UInt8 = 17, channel: Int = 0, timeout: Interval = patience) {
        pool.submit(Self.transaction(request, unit: unit, timeout: timeout), to: channel)
    }

    /// The next completion, whichever channel has it.
    func next() throws -> MasterCompletion {
        #expect(pool.wait(until: Self.later(.seconds(60))))
        return try #require(pool.nextCompletion(registers: &words))
    }

    /// What came of a request, in a word, with the registers that it brought.
    func ask(
        _ request: BusRequest, unit: UInt8 = 17, channel: Int = 0, timeout: Interval = patience
    ) throws -> String {
        submit(request, unit: unit, channel: channel, timeout: timeout)
        return text(of: try next().reply)
    }

    func read(
        _ address: UInt16, count: UInt16 = 2, unit: UInt8 = 17, channel: Int = 0, timeout: Interval = patience
    ) throws -> String {
        try ask(
            .readRegisters(table: .holdingRegisters, address: address, count: count), unit: unit, channel: channel,
            timeout: timeout)
    }

    func text(of reply: BusReply) -> String {
        let contents = (0..<words.count).map { String(words[$0]) }.joined(separator: " ")
        return switch reply {
        case .registers: "registers \(contents)"
        case .text: "text \(contents)"
        case .written: "written"
        case .exception(let code): "exception \(code.rawValue)"
        case .timeout: "timeout"
        case .badFrame: "badFrame"
        case .mismatch: "mismatch"
        }
    }
}
