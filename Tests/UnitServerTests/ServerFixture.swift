import DeviceFirmware
import ModbusWire
import RegisterMaps
import Testing
import Units

/// A small firmware of the tests: 16 signals, some with a will of their own.
struct FixtureFirmware: SignalSource, SignalSink {
    var values = [Int64](repeating: 0, count: 16)
    var verdicts = [SignalWriteVerdict](repeating: .accepted, count: 16)
    var lastWrite = Instant.never

    func value(of signal: SignalIdentifier) -> Int64 { values[Int(signal.rawValue)] }
    func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        verdicts[Int(signal.rawValue)]
    }
    mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        values[Int(signal.rawValue)] = value
        lastWrite = now
    }
}

/// Coils 0...9 (signals 0...9) and 20 (plain); discrete inputs 0...9 (the same signals); input registers 0...3
/// (signals 0...3); holding registers 0...3 (signals 0...3, 0...1000), 4 (plain, 7), 5 read-only (signal 5),
/// 6...7 (signal 6, two words).
final class ServerFixture {
    var server: UnitServer
    var firmware = FixtureFirmware()
    var now = Instant.start
    private let points: UnsafeMutableBufferPointer<PointDefinition>
    private let objects: UnsafeMutableBufferPointer<IdentificationObject>
    private let text: UnsafeMutableBufferPointer<UInt8>
    private let stored: UnsafeMutableBufferPointer<UInt16>

    init(
        extraObject: (number: UInt8, length: Int)? = nil, secondExtraObject: (number: UInt8, length: Int)? = nil,
        hasRegularObject: Bool = true
    ) {
        let definitions = Self.definitions
        points = .allocate(capacity: definitions.count)
        _ = points.initialize(from: definitions)
        stored = .allocate(capacity: RegisterMap.assignStorage(to: points))
        stored.initialize(repeating: 0)

        var texts: [(UInt8, [UInt8])] = [
            (0, Array("Busbar".utf8)), (1, Array("PM-1".utf8)), (2, Array("1.0".utf8)),
        ]
        if hasRegularObject { texts.append((4, Array("Monitor".utf8))) }
        for extra in [extraObject, secondExtraObject] {
            if let extra { texts.append((extra.number, [UInt8](repeating: 0x78, count: extra.length))) }
        }
        objects = .allocate(capacity: texts.count)
        text = .allocate(capacity: texts.reduce(0) { $0 + $1.1.count })
        var offset = 0
        for (index, (number, octets)) in texts.enumerated() {
            objects.initializeElement(
                at: index,
                to: IdentificationObject(number: number, count: UInt8(octets.count), offset: UInt16(offset)))
            for octet in octets {
                text.initializeElement(at: offset, to: octet)
                offset += 1
            }
        }
        let map = RegisterMap(points: UnsafeBufferPointer(points), text: UnsafeBufferPointer(start: nil, count: 0))
        let identity = IdentificationObjects(objects: UnsafeBufferPointer(objects), text: UnsafeBufferPointer(text))
        server = UnitServer(map: map, identity: identity, stored: stored, serverIdentifier: 0x42)
    }

    deinit {
        points.deallocate()
        objects.deallocate()
        text.deallocate()
        stored.deallocate()
    }

    static var definitions: [PointDefinition] {
        func bit(_ address: UInt16, _ table: RegisterTable, _ signal: SignalIdentifier) -> PointDefinition {
            PointDefinition(
                address: address, wordCount: 1, table: table, encoding: .bit,
                access: table == .coils ? .readWrite : .readOnly, lowestRaw: 0, highestRaw: 1, signal: signal)
        }
        func word(
            _ address: UInt16, _ table: RegisterTable, _ signal: SignalIdentifier, words: UInt8 = 1,
            access: PointAccess = .readOnly, highest: Int64 = 0xFFFF, initial: Int64 = 0
        ) -> PointDefinition {
            PointDefinition(
                address: address, wordCount: words, table: table, encoding: .unsigned, access: access, lowestRaw: 0,
                highestRaw: highest, initialRaw: initial, signal: signal)
        }
        func signal(_ number: UInt16) -> SignalIdentifier { SignalIdentifier(rawValue: number) }
        return (0..<10).map { bit($0, .coils, signal($0)) } + [bit(20, .coils, .none)]
            + (0..<10).map { bit($0, .discreteInputs, signal($0)) }
            + (0..<4).map { word($0, .inputRegisters, signal($0)) }
            + (0..<4).map { word($0, .holdingRegisters, signal($0), access: .readWrite, highest: 1000) }
            + [
                word(4, .holdingRegisters, .none, access: .readWrite, initial: 7),
                word(5, .holdingRegisters, signal(5)),
                word(6, .holdingRegisters, signal(6), words: 2, access: .readWrite, highest: 0xFFFF_FFFF),
            ]
    }

    /// The answer's PDU, or `nil` for none; behind a head that must stay as it was.
    func answer(_ request: [UInt8], isBroadcast: Bool = false) -> [UInt8]? {
        var reply = FrameBuffer()
        reply.beginRTU(unit: 0x11)
        let isAnswered = server.respond(
            to: request.span, at: now, isBroadcast: isBroadcast, firmware: &firmware, reply: &reply)
        #expect(reply[0] == 0x11)
        let pdu = (1..<reply.count).map { reply[$0] }
        #expect(isAnswered == !pdu.isEmpty)
        #expect(pdu.count <= 253)
        return isAnswered ? pdu : nil
    }

    func expect(_ request: String, _ answer: String?, at place: SourceLocation = #_sourceLocation) {
        #expect(self.answer(octets(request)) == answer.map(octets), sourceLocation: place)
    }
}

/// "01 0A" to octets.
func octets(_ text: String) -> [UInt8] {
    text.split(separator: " ").map { UInt8($0, radix: 16)! }
}
