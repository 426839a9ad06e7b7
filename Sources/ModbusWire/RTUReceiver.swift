public import Units

/// Finds frames in the octets of a serial line.
///
/// Purpose: tell the frames of one direction apart by their length and CRC. Inputs: octets with the instant at which
/// each was complete; neither can be trusted, a line has noise, and a driver may hand over octets late and in lumps.
/// Intended behaviour: a frame is delivered with its last octet, without waiting for the silence behind it. Silence of
/// t3.5 ends what stands in the buffer: a frame of unknown length is delivered if its CRC fits, anything else is lost.
/// When the CRC does not fit, a receiver of requests takes nothing more until that silence, since what looks like a
/// request inside another frame must not be obeyed; a receiver of responses knows what it waits for and hunts for the
/// next possible start. After a restart the receiver is in step at once if the line is silent, and otherwise after the
/// first silence.
///
/// On a line that other servers share, a receiver of requests also hears what they answer. A frame with a foreign unit
/// ends where either a request or a response with a right CRC ends, without any silence; the request is delivered, for
/// somebody may keep accounts, and the response passes by. So neither swallows what comes next.
public struct RTUReceiver: Sendable {
    /// The frame that was delivered last, until the next octet comes.
    public private(set) var frame: FrameBuffer
    public let direction: FrameDirection
    /// The silence that ends a frame: t3.5, or more where timing is rough.
    public let silence: Interval
    /// The units for which requests are meant; only the frames of others can be responses. Broadcasts are for all.
    public let units: UnitSet
    /// Frames lost to a wrong CRC, a missing end, or an overlong run, since the start.
    public private(set) var lostFrames: Int
    /// Responses of other units that passed by, since the start.
    public private(set) var passedResponses: Int

    private var lastOctet: Instant
    private var state: State
    /// Unit and function of the foreign request that was delivered last; a function of 0 means that there is none.
    private var askedUnit: UInt8
    private var askedFunction: UInt8

    private enum State: Sendable {
        case collecting
        /// A frame was delivered; the next octet starts another.
        case delivered
        /// Out of step until a silence.
        case waitingForSilence
    }

    /// `units` matters to a receiver of requests only; with all units nothing on the line is foreign.
    public init(direction: FrameDirection, silence: Interval, units: UnitSet = .all) {
        frame = FrameBuffer()
        self.direction = direction
        self.silence = silence
        self.units = units
        lostFrames = 0
        passedResponses = 0
        askedUnit = 0
        askedFunction = 0
        lastOctet = .start
        state = .delivered
    }

    /// When a silence would end what is being collected; `.never` when nothing is.
    public var nextDeadline: Instant {
        state == .collecting && !frame.isEmpty ? lastOctet + silence : .never
    }

    /// Takes one octet; true when `frame` is now a complete ADU with a right CRC.
    ///
    /// Call `expire` first when `nextDeadline` has come, or a frame of unknown length is lost.
    public mutating func receive(_ octet: UInt8, at now: Instant) -> Bool {
        let wasSilent = now - lastOctet >= silence
        lastOctet = now
        switch state {
        case .delivered:
            frame.removeAll()
            state = .collecting
        case .collecting:
            if wasSilent, !frame.isEmpty {
                lostFrames += 1
                frame.removeAll()
            }
        case .waitingForSilence:
            guard wasSilent else { return false }
            frame.removeAll()
            state = .collecting
        }
        if frame.count == ProtocolLimits.rtuLength {
            lose()
            return false
        }
        frame.append(octet)
        return isForeign ? examineForeign() : examine()
    }

    /// A silence may have passed; true when it ended a frame of unknown length, which is now in `frame`.
    public mutating func expire(at now: Instant) -> Bool {
        guard now >= nextDeadline else { return false }
        if direction == .requests { return endWhole() }
        if endWhole() { return true }
        // Something in front of the response, or behind it, is noise.
        while frame.count > RTUFrame.shortestLength {
            frame.removeFirst(1)
            if isValid(length: frame.count) { return deliver(frame.count) }
            if case .complete(let length) = RTUFrameLength(of: frame.span, direction: direction),
                isValid(length: length)
            {
                return deliver(length)
            }
        }
        frame.removeAll()
        return false
    }

    private mutating func endWhole() -> Bool {
        if frame.count >= RTUFrame.shortestLength, isValid(length: frame.count) {
            return isForeign && isAwaitedResponse ? pass() : deliver(frame.count)
        }
        if direction == .requests { frame.removeAll() }
        lostFrames += 1
        return false
    }

    private mutating func examine() -> Bool {
        while true {
            switch RTUFrameLength(of: frame.span, direction: direction) {
            case .incomplete: return false
            case .unknown: return false
            case .complete(let length):
                if isValid(length: length) { return deliver(length) }
                // The echo of function 8 may be longer than predicted: silence decides.
                if frame[1] == FunctionCode.diagnostics.rawValue { return false }
                if direction == .requests {
                    lose()
                    return false
                }
                frame.removeFirst(1)
            }
        }
    }

    private var isForeign: Bool {
        direction == .requests && !frame.isEmpty && frame[0] != 0 && !units.contains(frame[0])
    }

    /// Whether what stands in the buffer would be the answer to the foreign request before it.
    private var isAwaitedResponse: Bool {
        frame[0] == askedUnit && frame[1] & ~FunctionCode.exceptionBit == askedFunction && askedFunction != 0
    }

    /// Request or response of another unit: whichever ends here with a right CRC. An echo is both, and then a response if
    /// the request stood before it.
    private mutating func examineForeign() -> Bool {
        let request = RTUFrameLength(of: frame.span, direction: .requests)
        let response = RTUFrameLength(of: frame.span, direction: .responses)
        let endsRequest = request == .complete(frame.count)
        let endsResponse = response == .complete(frame.count)
        if endsRequest || endsResponse, isValid(length: frame.count) {
            return endsResponse && (isAwaitedResponse || !endsRequest) ? pass() : deliver(frame.count)
        }
        if case .complete = request, case .complete = response, frame[1] != FunctionCode.diagnostics.rawValue {
            lose()
        }
        return false
    }

    private mutating func pass() -> Bool {
        passedResponses += 1
        askedFunction = 0
        state = .delivered
        return false
    }

    private func isValid(length: Int) -> Bool {
        length >= RTUFrame.shortestLength && CRC16.checksum(of: frame.span.extracting(first: length)) == 0
    }

    private mutating func deliver(_ length: Int) -> Bool {
        frame.truncate(to: length)
        state = .delivered
        (askedUnit, askedFunction) = isForeign ? (frame[0], frame[1] & ~FunctionCode.exceptionBit) : (0, 0)
        return true
    }

    private mutating func lose() {
        lostFrames += 1
        frame.removeAll()
        state = .waitingForSilence
    }
}
