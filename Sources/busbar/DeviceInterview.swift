internal import DeviceSpecs
internal import Foundation
internal import ModbusMaster
internal import ModbusWire
internal import RackControl
internal import RegisterMaps
internal import Units

/// Asks one real device who it is, one request after the other.
final class DeviceInterview {
    /// What came of a question.
    enum Answer: Equatable {
        case text(String)
        case exception(UInt8)
        case silence
        /// An answer to something else, or a damaged one.
        case noise

        var words: String {
            switch self {
            case .text(let text): "\"\(text)\""
            case .exception(let code): "exception \(code)"
            case .silence: "no answer"
            case .noise: "a damaged answer"
            }
        }
    }

    private let pool: MasterPool
    private let unit: UInt8
    private let timeout: Interval
    private var block = RegisterBlock()

    init(_ place: DevicePlace, unit: UInt8, timeout: Interval) throws(MasterFailure) {
        pool = try MasterPool([place.endpoint])
        self.unit = unit
        self.timeout = timeout
        pool.start()
    }

    deinit { pool.stop() }

    /// What last went wrong with the connection; empty where nothing did.
    var trouble: String { pool.health(of: 0).lastError }

    /// Vendor, product and revision by function 43/14.
    func identity() -> [Answer] { (0...2).map { ask(.readIdentification(object: $0)) } }

    /// The text of a point.
    func text(of point: PointDefinition) -> Answer {
        ask(.readRegisters(table: point.table, address: point.address, count: UInt16(point.wordCount)))
    }

    private func ask(_ request: BusRequest) -> Answer {
        pool.submit(
            BusTransaction(
                bus: 0, device: 0, unit: unit, request: request, timeout: timeout, purpose: .identify,
                issuedAt: Self.now),
            to: 0)
        while true {
            _ = pool.wait(until: .never)
            guard let completion = pool.nextCompletion(registers: &block) else { continue }
            return answer(completion.reply)
        }
    }

    private func answer(_ reply: BusReply) -> Answer {
        switch reply {
        case .registers, .text: .text(letters)
        case .exception(let code): .exception(code.rawValue)
        case .timeout: .silence
        case .written, .badFrame, .mismatch: .noise
        }
    }

    /// Up to the first NUL, without the blanks that some devices pad with; octets that are no letters as dots.
    private var letters: String {
        let octets = (0..<block.count).flatMap { [UInt8(block[$0] >> 8), UInt8(block[$0] & 0xFF)] }
        var text = String(
            octets.prefix { $0 != 0 }.map { (0x20..<0x7F).contains($0) ? Character(UnicodeScalar($0)) : "." })
        while text.last == " " { text.removeLast() }
        return text
    }

    private static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(rawValue: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
