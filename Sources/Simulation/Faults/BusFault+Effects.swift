internal import ModbusWire
internal import Scenario
internal import Units

/// What each kind of bus trouble does to an answer.
extension BusFault.Kind {
    var isSilent: Bool {
        if case .noReply = self { true } else { false }
    }

    var extraDelay: Interval {
        if case .delay(let delay) = self { delay } else { .zero }
    }

    var exceptionCode: UInt8? {
        if case .exception(let code) = self { code } else { nil }
    }

    /// Whether the answer does not read as the device sent it.
    var damagesFrame: Bool {
        switch self {
        case .noReply, .delay, .exception: false
        case .badCRC, .truncation, .wrongUnit: true
        }
    }

    /// Whether the client waits for the rest of the answer until its time-out: on a stream nothing tells that none comes.
    func leavesStreamWaiting(isSerial: Bool) -> Bool {
        if case .truncation = self { !isSerial } else { false }
    }

    /// Changes the complete ADU of the answer. A CRC stands on serial lines only; on a connection, a bad one is refused
    /// when the scenario is loaded.
    func damage(_ adu: inout FrameBuffer, isSerial: Bool) {
        switch self {
        case .noReply, .delay, .exception: break
        case .badCRC: adu[adu.count - 1] ^= 0x01
        case .truncation: adu.truncate(to: max(1, adu.count / 2))
        case .wrongUnit:
            let place = isSerial ? 0 : MBAPHeader.length - 1
            adu[place] = adu[place] == 255 ? 1 : adu[place] + 1
            guard isSerial else { return }
            // Another device's intact frame, not a damaged one: its CRC is right.
            adu.truncate(to: adu.count - 2)
            adu.endRTU()
        }
    }
}
