internal import Foundation
internal import ModbusMaster
internal import ModbusWire
internal import RackControl
internal import RegisterMaps
internal import Units

/// One transaction after the other on one channel.
final class Interrogation {
    let pool: MasterPool
    private(set) var words = RegisterBlock()

    init(_ endpoint: MasterEndpoint) throws {
        pool = try MasterPool([endpoint])
        pool.start()
    }

    static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(rawValue: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    static func transaction(_ request: BusRequest, unit: UInt8, timeout: Interval) -> BusTransaction {
        BusTransaction(
            bus: 0, device: 0, unit: unit, request: request, timeout: timeout, purpose: .identify, issuedAt: now)
    }

    func ask(_ request: BusRequest, unit: UInt8, timeout: Interval) -> BusReply {
        pool.submit(Self.transaction(request, unit: unit, timeout: timeout), to: 0)
        while true {
            _ = pool.wait(until: .never)
            if let completion = pool.nextCompletion(registers: &words) { return completion.reply }
        }
    }

    func text(of reply: BusReply) -> String {
        let contents = (0..<words.count).map { String(words[$0]) }.joined(separator: " ")
        return switch reply {
        case .registers: "registers \(contents)"
        case .text: "text \(letters)"
        case .written: "written"
        case .exception(let code): "exception \(code.rawValue)"
        case .timeout: "timeout"
        case .badFrame: "damaged"
        case .mismatch: "mismatch"
        }
    }

    private var letters: String {
        let octets = (0..<words.count).flatMap { [UInt8(words[$0] >> 8), UInt8(words[$0] & 0xFF)] }
        return String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
    }

    var healthText: String {
        let health = pool.health(of: 0)
        return "requests \(health.requests) timeouts \(health.timeouts) exceptions \(health.exceptions) "
            + "damaged \(health.badFrames) mismatches \(health.mismatches) late \(health.lateAnswers) "
            + "reconnects \(health.reconnects)\(health.lastError.isEmpty ? "" : " last: \(health.lastError)")"
    }
}
