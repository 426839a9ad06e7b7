import ModbusWire
import Testing
import Units

/// A server that is unit 17 on a line with others: what they are asked and what they answer passes by.
@Suite struct SharedLineTests {
    let timing = SerialLineTiming(baud: 115_200)
    let ours = serialFrame(unit: 17, octets("03 00 6B 00 03"))

    /// Takes much longer to give up than t3.5, as a server behind a driver has to.
    func receiver() -> RTUReceiver {
        var units = UnitSet()
        units.insert(17)
        return RTUReceiver(direction: .requests, silence: .milliseconds(25), units: units)
    }

    /// The frames that are delivered while these come one behind the other.
    func delivered(_ frames: [[UInt8]], gap: Interval, to receiver: inout RTUReceiver) -> [[UInt8]] {
        var now = Instant.start + .seconds(1)
        var delivered: [[UInt8]] = []
        for frame in frames {
            now += gap
            for octet in frame {
                now += timing.character
                if receiver.receive(octet, at: now) { delivered.append(receiver.frame.array) }
            }
        }
        return delivered
    }

    /// 125 registers, 255 octets in all.
    static let longReply = serialFrame(unit: 9, [3, 250] + (0..<250).map { UInt8(truncatingIfNeeded: $0 * 7) })

    @Test(arguments: [0, 1_750_000] as [Int64])
    func `an absent unit's request and a foreign unit's long answer cost the next request nothing`(gap: Int64) {
        let (absent, foreign) = (
            serialFrame(unit: 99, octets("03 00 00 00 01")), serialFrame(unit: 9, octets("03 01 00 00 7D"))
        )
        var receiver = receiver()
        let frames = [absent, foreign, Self.longReply, ours, foreign, Self.longReply, ours]
        let found = delivered(frames, gap: .nanoseconds(gap), to: &receiver)
        #expect(found == [absent, foreign, ours, foreign, ours])
        #expect(receiver.passedResponses == 2)
        #expect(receiver.lostFrames == 0)
    }

    @Test(arguments: SpecificationExample.all)
    func `whatever another unit is asked and answers, the next request is heard`(example: SpecificationExample) {
        let (request, response) = (serialFrame(unit: 9, example.request), serialFrame(unit: 9, example.response))
        var receiver = receiver()
        let found = delivered([request, response, ours], gap: .zero, to: &receiver)
        #expect(found == [request, ours])
        #expect(receiver.passedResponses == 1)
    }

    @Test func `another unit's exception passes by, whether its request was heard or not`() {
        let exception = serialFrame(unit: 9, octets("83 02"))
        var receiver = receiver()
        #expect(delivered([exception, ours, exception, exception, ours], gap: .zero, to: &receiver) == [ours, ours])
        #expect(receiver.passedResponses == 3)
    }

    @Test func `an answer whose request was not heard passes by`() {
        var receiver = receiver()
        #expect(delivered([Self.longReply, ours], gap: .zero, to: &receiver) == [ours])
    }

    @Test func `a request inside another unit's answer is not obeyed`() {
        let bait = serialFrame(unit: 17, octets("06 00 10 00 00"))
        let reply = serialFrame(unit: 9, [3, UInt8(bait.count)] + bait)
        var receiver = receiver()
        #expect(delivered([reply, bait, reply, ours], gap: .zero, to: &receiver) == [bait, ours])
    }

    @Test func `a silent unit and then another master's retry leave the receiver in step`() {
        let request = serialFrame(unit: 9, octets("04 00 10 00 02"))
        var receiver = receiver()
        #expect(delivered([request, request, ours], gap: .zero, to: &receiver) == [request, request, ours])
    }

    @Test func `an answer cut short is lost, and the request behind a silence is heard`() {
        for length in 1..<Self.longReply.count {
            var receiver = receiver()
            let cut = Array(Self.longReply.prefix(length))
            #expect(delivered([cut, ours], gap: .milliseconds(25), to: &receiver) == [ours])
        }
    }

    @Test func `an answer with any bit wrong is not obeyed, and the request behind a silence is heard`() {
        let reply = serialFrame(unit: 9, octets("03 04 11 06 00 01"))
        for bit in 8..<(reply.count * 8) {
            var receiver = receiver()
            #expect(delivered([flipped(reply, bit: bit), ours], gap: .milliseconds(25), to: &receiver) == [ours])
        }
    }

    @Test func `a broadcast is for this unit too, and is nobody's answer`() {
        let broadcast = serialFrame(unit: 0, octets("06 00 10 00 03"))
        var receiver = receiver()
        #expect(delivered([broadcast, broadcast, ours], gap: .zero, to: &receiver) == [broadcast, broadcast, ours])
    }

    @Test func `a set of units holds what was put in and nothing else`() {
        var set = UnitSet()
        for unit in [0, 63, 64, 127, 128, 255] as [UInt8] { set.insert(unit) }
        #expect((0...255).map { UInt8($0) }.filter { set.contains($0) } == [0, 63, 64, 127, 128, 255])
        #expect((0...255).allSatisfy { UnitSet.all.contains(UInt8($0)) })
    }
}
