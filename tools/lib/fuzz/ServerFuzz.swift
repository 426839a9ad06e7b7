import DeviceFirmware
import ModbusWire
import RegisterMaps
import Units

#if canImport(Glibc)
    import Glibc
#endif

/// What libFuzzer calls with each input: octets in lumps and with gaps between them, through a receiver and a unit server,
/// to a firmware that steps. A complaint of the oracle ends the process, as a trap would.
///
/// The input: one octet of mode (bit 0: serial framing; bits 1-2: device class), then pieces. A piece is an octet of
/// how, an octet of length, and so many octets. How: bits 0-1 the gap before it (none, a character, t3.5, 30 ms);
/// bit 2: the octets are a PDU and get a right header or CRC, else they go as they are; bit 3: to unit 0; bits 4-5 the
/// lumps (whole, 1, 3, 7 octets).
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let start, size >= 3 else { return 0 }
    let input = UnsafeBufferPointer(start: start, count: size)
    let mode = input[0]
    switch mode >> 1 & 3 {
    case 0:
        let image = PowerMonitorImage(
            busMicrovolts: 50_000_000, currentMicroamperes: 60_000_000, boardTemperature: .degrees(40))
        run(PowerMonitor(PowerMonitorConfiguration()), image, monitorMap, mode, input)
    case 1: run(PowerSupply(PowerSupplyConfiguration()), PowerSupplyImage(), supplyMap, mode, input)
    case 2: run(Baseboard(BaseboardConfiguration()), BaseboardImage(), baseboardMap, mode, input)
    default: run(FanController(FanControllerConfiguration()), FanControllerImage(), fanMap, mode, input)
    }
    return 0
}

private let monitorMap = FuzzMap(of: PowerMonitorSignal.self)
private let supplyMap = FuzzMap(of: PowerSupplySignal.self)
private let baseboardMap = FuzzMap(of: BaseboardSignal.self)
private let fanMap = FuzzMap(of: FanControllerSignal.self)

/// The unit under test; requests to others are heard and ignored.
private let unitIdentifier: UInt8 = 17
/// As in the server: what ends a frame on serial framing.
private let silence = Interval.milliseconds(25)

private func run<Program: StartableFirmware>(
    _ firmware: Program, _ image: Program.ProcessImage, _ map: FuzzMap, _ mode: UInt8,
    _ input: UnsafeBufferPointer<UInt8>
) {
    let words = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: map.wordCount)
    words.initialize(repeating: 0)
    defer { words.deallocate() }
    let unit = UnitServer(map: map.map, identity: map.identity, stored: words, serverIdentifier: 0x42)
    var bench = FuzzBench(firmware: firmware, image: image, unit: unit, isSerial: mode & 1 == 1)
    var position = 1
    while position + 2 <= input.count, !bench.isClosed {
        let (how, wanted) = (input[position], Int(input[position + 1]))
        position += 2
        let end = min(position + wanted, input.count)
        bench.wait([.zero, .microseconds(96), .microseconds(1_750), .milliseconds(30)][Int(how & 3)])
        var octets = Array(input[position..<end])
        position = end
        if how & 4 != 0 { octets = bench.framed(octets.prefix(253), unit: how & 8 != 0 ? 0 : unitIdentifier) }
        bench.send(octets, inLumpsOf: [Int.max, 1, 3, 7][Int(how >> 4 & 3)])
    }
    bench.finish()
}

/// One client's line to one device.
private struct FuzzBench<Program: StartableFirmware> {
    var firmware: Program
    let image: Program.ProcessImage
    var unit: UnitServer
    let isSerial: Bool
    var isClosed = false
    private var now = Instant(rawValue: 1_000_000_000)
    private var serial = RTUReceiver(direction: .requests, silence: silence)
    private var stream = TCPReceiver()
    private var reply = FrameBuffer()
    private var transaction: UInt8 = 0
    /// What was sent on a stream, and how much of it the reference below has taken apart.
    private var sent: [UInt8] = []
    private var taken = 0
    private var answers = 0

    init(firmware: Program, image: Program.ProcessImage, unit: UnitServer, isSerial: Bool) {
        self.firmware = firmware
        self.image = image
        self.unit = unit
        self.isSerial = isSerial
    }

    mutating func wait(_ interval: Interval) {
        guard interval > .zero else { return }
        now += interval
        if isSerial, now >= serial.nextDeadline, serial.expire(at: now) { answerSerial() }
        _ = firmware.step(at: now, sampling: image)
    }

    mutating func framed(_ pdu: some Collection<UInt8>, unit: UInt8) -> [UInt8] {
        if isSerial {
            let body = [unit] + pdu
            let checksum = AnswerOracle.checksum(body)
            return body + [UInt8(checksum & 0xFF), UInt8(checksum >> 8)]
        }
        transaction &+= 1
        return [0x5A, transaction, 0, 0, 0, UInt8(pdu.count + 1), unit] + pdu
    }

    mutating func send(_ octets: [UInt8], inLumpsOf size: Int) {
        var rest = octets[...]
        while !rest.isEmpty, !isClosed {
            let lump = Array(rest.prefix(size))
            rest = rest.dropFirst(size)
            if isSerial { takeSerial(lump) } else { takeStream(lump) }
        }
    }

    private mutating func takeSerial(_ lump: [UInt8]) {
        for octet in lump where serial.receive(octet, at: now) { answerSerial() }
    }

    private mutating func takeStream(_ lump: [UInt8]) {
        sent += lump
        var position = 0
        do throws(MBAPError) {
            while position < lump.count {
                if try stream.receive(lump.span, from: &position) { answerStream() }
            }
        } catch {
            isClosed = true
        }
        guard position <= lump.count else { fail("the receiver went beyond what it was given") }
        guard isClosed == referenceIsClosed() else { fail("a header was judged otherwise than by the guide") }
    }

    // MARK: Judging

    private mutating func answerSerial() {
        let request = octets(serial.frame)
        guard (4...256).contains(request.count), AnswerOracle.checksum(request) == 0 else {
            fail("a frame was delivered that is none")
        }
        guard request[0] == unitIdentifier || request[0] == 0 else { return }
        reply.beginRTU(unit: request[0])
        let isBroadcast = request[0] == 0
        let isAnswered = unit.respond(
            to: serial.frame.rtuPDU, at: now, isBroadcast: isBroadcast, firmware: &firmware, reply: &reply)
        judgeSilence(isAnswered, isBroadcast: isBroadcast, headLength: 1)
        guard isAnswered else { return }
        reply.endRTU()
        let answer = octets(reply)
        guard answer.count <= 256, answer[0] == request[0], AnswerOracle.checksum(answer) == 0 else {
            fail("the answer's frame is wrong")
        }
        judge(Array(answer[1..<(answer.count - 2)]), to: Array(request[1..<(request.count - 2)]))
    }

    private mutating func answerStream() {
        let request = octets(stream.frame)
        guard let expected = referenceRequest(), expected == request else {
            fail("what was delivered is not what was sent")
        }
        guard request[6] == unitIdentifier || request[6] == 0 else { return }
        reply.beginTCP(transaction: stream.header.transaction, unit: stream.header.unit)
        let isBroadcast = request[6] == 0
        let isAnswered = unit.respond(
            to: stream.frame.tcpPDU, at: now, isBroadcast: isBroadcast, firmware: &firmware, reply: &reply)
        judgeSilence(isAnswered, isBroadcast: isBroadcast, headLength: 7)
        guard isAnswered else { return }
        reply.endTCP()
        let answer = octets(reply)
        guard answer.count <= 260, answer[..<4] == request[..<4], answer[6] == request[6],
            Int(answer[4]) << 8 | Int(answer[5]) == answer.count - 6
        else { fail("the answer's header is wrong") }
        judge(Array(answer[7...]), to: Array(request[7...]))
    }

    private func judgeSilence(_ isAnswered: Bool, isBroadcast: Bool, headLength: Int) {
        if isBroadcast, isAnswered { fail("a broadcast was answered") }
        if !isAnswered, reply.count != headLength { fail("silence left octets behind") }
    }

    private mutating func judge(_ answer: [UInt8], to request: [UInt8]) {
        answers += 1
        guard let complaint = AnswerOracle.complaint(about: answer, to: request) else { return }
        fail("\(complaint): \(hex(answer)) to \(hex(request))")
    }

    /// The next ADU of a stream by its length fields alone; those that are not Modbus are skipped, as the messaging
    /// guide V1.0b says in section 4.4.2.
    private mutating func referenceRequest() -> [UInt8]? {
        while sent.count >= taken + 7 {
            let length = Int(sent[taken + 4]) << 8 | Int(sent[taken + 5])
            let end = taken + 6 + length
            guard (2...254).contains(length), sent.count >= end else { return nil }
            defer { taken = end }
            if sent[taken + 2] == 0, sent[taken + 3] == 0 { return Array(sent[taken..<end]) }
        }
        return nil
    }

    /// Whether a header whose length cannot be has come: nothing tells where the next one begins.
    private func referenceIsClosed() -> Bool {
        var position = taken
        while sent.count >= position + 7 {
            let length = Int(sent[position + 4]) << 8 | Int(sent[position + 5])
            guard (2...254).contains(length) else { return true }
            position += 6 + length
        }
        return false
    }

    /// Whatever came before, a good request is answered after a silence.
    mutating func finish() {
        guard !isClosed, !unit.isListenOnly else { return }
        if isSerial {
            wait(.milliseconds(30))
        } else {
            // An ADU may be waiting for its end: fill it.
            guard sent.count == taken || !hasOpenStream() else { return }
        }
        guard !unit.isListenOnly else { return }
        let before = answers
        send(framed([8, 0, 0, 0xA5, 0x37], unit: unitIdentifier), inLumpsOf: .max)
        if answers != before + 1 { fail("a good request was not answered") }
    }

    private func hasOpenStream() -> Bool {
        var position = taken
        while sent.count >= position + 7 { position += 6 + (Int(sent[position + 4]) << 8 | Int(sent[position + 5])) }
        return position != sent.count
    }
}

private func octets(_ frame: borrowing FrameBuffer) -> [UInt8] { frame.withUnsafeBytes { Array($0) } }

private func hex(_ octets: [UInt8]) -> String {
    octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
}

private func fail(_ complaint: String) -> Never {
    "fuzz: \(complaint)\n".withCString { _ = write(2, $0, strlen($0)) }
    abort()
}
