import ModbusWire
import Scenario
import Testing
import Units

@testable import Simulation

/// What each kind of fault makes of the octets of an answer.
@Suite struct BusFaultKindTests {
    /// The power monitor 17 answers two registers, 0x1234 and 0x5678.
    private static let answer: [UInt8] = [0x11, 0x03, 0x04, 0x12, 0x34, 0x56, 0x78, 0x90, 0xC6]
    /// The BMC 48 answers one register to transaction 0x0007.
    private static let tcpAnswer: [UInt8] = [0, 7, 0, 0, 0, 5, 0x30, 3, 2, 0x12, 0x34]

    private func serial(_ kind: BusFault.Kind, _ pdu: [UInt8] = [3, 4, 0x12, 0x34, 0x56, 0x78]) -> [UInt8] {
        damaged(kind, pdu, unit: 0x11, as: .rtu)
    }

    private func tcp(_ kind: BusFault.Kind, transaction: UInt16 = 7, unit: UInt8 = 0x30) -> [UInt8] {
        damaged(kind, [3, 2, 0x12, 0x34], unit: unit, as: .tcp(transaction: transaction))
    }

    private func damaged(_ kind: BusFault.Kind, _ octets: [UInt8], unit: UInt8, as form: FrameForm) -> [UInt8] {
        var (pdu, frame) = (FrameBuffer(), FrameBuffer())
        for octet in octets { pdu.append(octet) }
        kind.distort(&pdu)
        frame.pack(pdu.span, unit: unit, as: form)
        kind.damage(&frame, isSerial: form.isSerial)
        return frame.withUnsafeBytes { Array($0) }
    }

    @Test(arguments: [BusFault.Kind.noReply, .delay(.seconds(1)), .byteTrickle(.seconds(1)), .disconnect])
    func `what keeps or slows an answer changes nothing in it`(kind: BusFault.Kind) {
        #expect(serial(kind) == Self.answer)
        #expect(tcp(kind) == Self.tcpAnswer)
    }

    @Test func `a bad CRC is one bit off, and a connection has none`() {
        #expect(serial(.badCRC) == [0x11, 0x03, 0x04, 0x12, 0x34, 0x56, 0x78, 0x90, 0xC7])
        #expect(tcp(.badCRC) == Self.tcpAnswer)
    }

    @Test func `a truncated answer lacks its half, or all beyond so many octets, and never all or nothing`() {
        #expect(serial(.truncation(octets: nil)) == [0x11, 0x03, 0x04, 0x12])
        #expect(serial(.truncation(octets: 7)) == [0x11, 0x03, 0x04, 0x12, 0x34, 0x56, 0x78])
        #expect(serial(.truncation(octets: 0)) == [0x11])
        #expect(tcp(.truncation(octets: 200)) == Self.tcpAnswer.dropLast())
    }

    @Test func `extra octets follow the answer, as many as an ADU has room for`() {
        #expect(serial(.extraBytes(3)) == Self.answer + [0xFF, 0xFF, 0xFF])
        #expect(tcp(.extraBytes(1)) == Self.tcpAnswer + [0xFF])
        #expect(serial(.extraBytes(100), [UInt8](repeating: 3, count: 253)).count == 260)
    }

    @Test func `an answer of a wrong unit is that unit's, intact`() {
        #expect(serial(.wrongUnit) == [0x12, 0x03, 0x04, 0x12, 0x34, 0x56, 0x78, 0xA3, 0xC6])
        #expect(tcp(.wrongUnit) == [0, 7, 0, 0, 0, 5, 0x31, 3, 2, 0x12, 0x34])
        #expect(tcp(.wrongUnit, unit: 255) == [0, 7, 0, 0, 0, 5, 1, 3, 2, 0x12, 0x34])
    }

    @Test func `an answer of a wrong function is well formed`() {
        #expect(serial(.wrongFunction) == [0x11, 0x04, 0x04, 0x12, 0x34, 0x56, 0x78, 0x91, 0x71])
        #expect(tcp(.wrongFunction) == [0, 7, 0, 0, 0, 5, 0x30, 4, 2, 0x12, 0x34])
        #expect(serial(.wrongFunction, [0x83, 2]).prefix(3) == [0x11, 0x84, 2])
        #expect(serial(.wrongFunction, [0x7F]).prefix(2) == [0x11, 0x01])
    }

    @Test(arguments: zip([7, 0] as [UInt16], [[0, 6], [0xFF, 0xFF]] as [[UInt8]]))
    func `a wrong transaction is the one before`(transaction: UInt16, octets: [UInt8]) {
        #expect(tcp(.wrongTransaction, transaction: transaction) == octets + Self.tcpAnswer.dropFirst(2))
        #expect(serial(.wrongTransaction) == Self.answer)
    }

    @Test func `fewer registers are fewer in byte count, length and CRC`() {
        #expect(serial(.fewerRegisters(1)) == [0x11, 0x03, 0x02, 0x12, 0x34, 0x74, 0xF0])
        #expect(serial(.fewerRegisters(125)).prefix(3) == [0x11, 0x03, 0x00])
        #expect(serial(.fewerRegisters(125)).count == 5)
        #expect(tcp(.fewerRegisters(1)) == [0, 7, 0, 0, 0, 3, 0x30, 3, 0])
    }

    @Test(arguments: [[6, 0, 0x40, 0x0B, 0xB8], [0x83, 2], [1, 2, 0xFF, 0x01]] as [[UInt8]])
    func `answers without registers have none to lose`(pdu: [UInt8]) {
        #expect(serial(.fewerRegisters(1), pdu) == serial(.noReply, pdu))
    }
}

/// Which requests a fault hits.
@Suite struct BusFaultSelectionTests {
    private func fault(
        units: [ClosedRange<UInt8>] = [], functions: [ClosedRange<UInt8>] = [], addresses: [ClosedRange<UInt16>] = [],
        kind: BusFault.Kind = .noReply
    ) -> BusFault {
        BusFault(bus: 1, units: units, functions: functions, addresses: addresses, kind: kind)
    }

    private func hits(_ fault: BusFault, bus: Int = 1, unit: UInt8 = 1, _ pdu: [UInt8] = [3, 0, 0, 0, 1]) -> Bool {
        fault.concerns(bus: bus, unit: unit, pdu: pdu.span)
    }

    @Test func `units are single ones and ranges, and no unit is every unit`() {
        let some = fault(units: [16...16, 20...23])
        let hit = (0...255 as ClosedRange<UInt8>).filter { hits(some, unit: $0) }
        #expect(hit == [16, 20, 21, 22, 23])
        #expect(hits(fault(), unit: 99))
        #expect(!hits(fault(), bus: 0))
    }

    @Test func `functions select, and fewer registers concerns reads of registers alone`() {
        let writes = fault(functions: [6...6, 15...16])
        #expect(hits(writes, [6, 0, 0, 0, 1]))
        #expect(!hits(writes, [3, 0, 0, 0, 1]))
        let short = fault(kind: .fewerRegisters(1))
        #expect(hits(short, [4, 0, 0, 0, 1]))
        #expect(!hits(short, [6, 0, 0, 0, 1]))
    }

    struct Request: Sendable, CustomTestStringConvertible {
        var pdu: [UInt8]
        var touches: Bool
        init(_ pdu: [UInt8], _ touches: Bool) { (self.pdu, self.touches) = (pdu, touches) }
        var testDescription: String { "\(pdu)" }
    }

    /// Against the addresses 0x40 to 0x47.
    @Test(arguments: [
        Request([3, 0, 0x3F, 0, 1], false), Request([3, 0, 0x3F, 0, 2], true), Request([4, 0, 0x47, 0, 1], true),
        Request([4, 0, 0x48, 0, 9], false), Request([1, 0, 0, 1, 0], true), Request([6, 0, 0x44, 1, 2], true),
        Request([5, 0, 0x48, 0xFF, 0], false), Request([16, 0, 0x3E, 0, 2, 4, 1, 2, 3, 4], false),
        Request([16, 0, 0x3F, 0, 2, 4, 1, 2, 3, 4], true), Request([22, 0, 0x40, 0, 0, 0, 0], true),
        Request([23, 0, 0, 0, 1, 0, 0x47, 0, 1, 2, 1, 2], true),
        Request([23, 0, 0x40, 0, 1, 0, 0, 0, 1, 2, 1, 2], true),
        Request([23, 0, 0, 0, 1, 0, 1, 0, 1, 2, 1, 2], false), Request([3, 0xFF, 0xFF, 0, 1], false),
        // Nothing is touched by what has no address, or is no request.
        Request([17], false), Request([8, 0, 0, 0, 0x44], false), Request([3, 0, 0x40], false),
    ])
    func `an address is hit by requests that touch it`(request: Request) {
        let some = fault(addresses: [0x40...0x47])
        #expect(hits(some, request.pdu) == request.touches)
    }
}
