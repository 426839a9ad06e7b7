import ModbusWire
import Testing
import Units

@Suite struct ReceiverTests {
    let silence = SerialLineTiming(baud: 115_200).betweenFrames
    let character = SerialLineTiming(baud: 115_200).character

    /// Feeds octets back to back; the instants after which a frame was complete, as counts of octets.
    func feed(_ receiver: inout RTUReceiver, _ octets: [UInt8], at now: inout Instant) -> [[UInt8]] {
        var frames: [[UInt8]] = []
        for octet in octets {
            now += character
            if receiver.receive(octet, at: now) { frames.append(receiver.frame.array) }
        }
        return frames
    }

    @Test(arguments: SpecificationExample.all)
    func `a frame is delivered with its last octet, whatever the timing behind it`(example: SpecificationExample) {
        for (pdu, direction) in [(example.request, FrameDirection.requests), (example.response, .responses)] {
            let adu = serialFrame(unit: 17, pdu)
            var receiver = RTUReceiver(direction: direction, silence: silence)
            var now = Instant.start
            expectEqual(feed(&receiver, adu + adu, at: &now), [adu, adu])
            #expect(receiver.nextDeadline == .never)
        }
    }

    @Test func `a server takes nothing between a bad frame and the next silence`() {
        let good = serialFrame(unit: 17, octets("03 00 6B 00 03"))
        var receiver = RTUReceiver(direction: .requests, silence: silence)
        var now = Instant.start
        expectEqual(feed(&receiver, flipped(good, bit: 20) + good, at: &now), [])
        #expect(receiver.lostFrames == 1)
        now += silence
        expectEqual(feed(&receiver, good, at: &now), [good])
    }

    @Test func `a request inside a bad frame is not obeyed`() {
        // An answer of another unit that carries what looks like a request.
        let bait = serialFrame(unit: 17, octets("06 00 10 00 00"))
        let other = serialFrame(unit: 9, [3, UInt8(bait.count)] + bait)
        let good = serialFrame(unit: 17, octets("03 00 6B 00 03"))
        var receiver = RTUReceiver(direction: .requests, silence: silence)
        var now = Instant.start
        expectEqual(feed(&receiver, other, at: &now), [])
        now += silence
        expectEqual(feed(&receiver, good, at: &now), [good])
    }

    @Test func `a frame cut short is lost at the silence and the next one is found`() {
        let good = serialFrame(unit: 17, octets("10 00 01 00 02 04 00 0A 01 02"))
        for length in 1..<good.count {
            var receiver = RTUReceiver(direction: .requests, silence: silence)
            var now = Instant.start
            expectEqual(feed(&receiver, Array(good.prefix(length)), at: &now), [])
            #expect(receiver.nextDeadline == now + silence)
            now += silence
            expectEqual(receiver.expire(at: now), false)
            #expect(receiver.lostFrames == 1)
            expectEqual(feed(&receiver, good, at: &now), [good])
        }
    }

    @Test func `a client finds its response behind noise`() {
        let good = serialFrame(unit: 17, octets("03 06 02 2B 00 00 00 64"))
        for noise in UInt8.min...UInt8.max {
            var receiver = RTUReceiver(direction: .responses, silence: silence)
            var now = Instant.start
            var frames = feed(&receiver, [noise] + good, at: &now)
            now += silence
            if receiver.expire(at: now) { frames.append(receiver.frame.array) }
            #expect(frames == [good])
        }
    }

    @Test func `silence ends a frame of a function that nobody knows`() {
        let unknown = serialFrame(unit: 17, octets("41 01 02 03"))
        for direction in [FrameDirection.requests, .responses] {
            var receiver = RTUReceiver(direction: direction, silence: silence)
            var now = Instant.start
            expectEqual(feed(&receiver, unknown, at: &now), [])
            expectEqual(receiver.expire(at: now), false)
            expectEqual(receiver.expire(at: now + silence), true)
            #expect(receiver.frame.array == unknown)
        }
    }

    @Test func `an echo longer than one word is ended by silence`() {
        let long = serialFrame(unit: 17, octets("08 00 00 A5 37 11 22"))
        var receiver = RTUReceiver(direction: .requests, silence: silence)
        var now = Instant.start
        expectEqual(feed(&receiver, long, at: &now), [])
        expectEqual(receiver.expire(at: now + silence), true)
        #expect(receiver.frame.array == long)
    }

    @Test func `an endless run of octets is lost, not kept`() {
        var receiver = RTUReceiver(direction: .requests, silence: silence)
        var now = Instant.start
        expectEqual(feed(&receiver, [17, 0x41] + [UInt8](repeating: 0x55, count: 1000), at: &now), [])
        #expect(receiver.lostFrames == 1)
        #expect(receiver.frame.isEmpty)
    }

    @Test func `TCP octets in any lumps give the same frames`() throws {
        let one = octets("00 01 00 00 00 06 FF 03 00 04 00 01")
        let two = octets("00 02 00 00 00 02 11 07")
        let stream = one + two
        for cut in 0...stream.count {
            var receiver = TCPReceiver()
            var frames: [[UInt8]] = []
            for lump in [Array(stream.prefix(cut)), Array(stream.dropFirst(cut))] {
                var position = 0
                while position < lump.count {
                    if try receiver.receive(lump.span, from: &position) { frames.append(receiver.frame.array) }
                }
            }
            #expect(frames == [one, two])
            #expect(receiver.header == MBAPHeader(transaction: 2, unit: 0x11, pduLength: 1))
        }
    }

    @Test(arguments: ["00 01 00 02 00 01", "00 01 00 00 00 01", "00 01 00 00 00 FF", "00 01 00 00 01 06"])
    func `a length that cannot be is fatal for the connection`(start: String) {
        var receiver = TCPReceiver()
        let bad = octets(start + " FF 03 00 04 00 01")
        for _ in 0..<100 {
            var position = 0
            #expect(throws: MBAPError.self) { try receiver.receive(bad.span, from: &position) }
        }
    }

    @Test func `an ADU of another protocol is discarded, and the next one is found`() throws {
        let foreign = octets("00 01 00 02 00 06 FF 03 00 04 00 01")
        let good = octets("00 02 00 00 00 06 FF 03 00 04 00 01")
        let stream = foreign + good
        for cut in 0...stream.count {
            var receiver = TCPReceiver()
            var frames: [[UInt8]] = []
            for lump in [Array(stream.prefix(cut)), Array(stream.dropFirst(cut))] {
                var position = 0
                while position < lump.count {
                    if try receiver.receive(lump.span, from: &position) { frames.append(receiver.frame.array) }
                }
            }
            #expect(frames == [good])
            #expect(receiver.discardedFrames == 1)
        }
    }
}
