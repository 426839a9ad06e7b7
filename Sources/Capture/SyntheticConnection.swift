internal import RunRecords

/// The addresses and the TCP state under which the frames of one unit appear in a capture. The simulated line has
/// neither; Wireshark needs both to tell requests from responses and to match them.
struct SyntheticConnection {
    private static let controller: UInt32 = 0x0A00_0001  // 10.0.0.1
    private static let modbusPort: UInt16 = 502

    private let device: UInt32
    private var controllerPort: UInt16
    /// Next sequence number of the controller's and of the device's stream.
    private var controllerSequence: UInt32 = 1
    private var deviceSequence: UInt32 = 1

    init(bus: Int, unit: UInt8) {
        device = 0x0A00_0000 | (UInt32(truncatingIfNeeded: bus + 1) & 0xFF) << 16 | UInt32(unit)
        // A range that no well-known protocol uses, so that no other dissector claims the packets.
        controllerPort = 50_000 &+ UInt16(truncatingIfNeeded: bus % 8) &* 256 &+ UInt16(unit)
    }

    /// An IPv4 packet with a TCP segment that carries the ADU.
    mutating func write(_ frame: UnsafeRawBufferPointer, direction: FrameDirection, to file: CaptureFile) {
        let isRequest = direction == .request
        let start = file.position
        file.octet(0x45)  // Version 4, five words of header.
        file.octet(0)
        file.big(UInt16(40 + frame.count))
        file.big(UInt16(0))  // Identification; no packet is a fragment:
        file.big(UInt16(0x4000))
        file.octet(64)  // Time to live.
        file.octet(6)  // TCP
        let headerSum = file.position
        file.big(UInt16(0))
        file.big(isRequest ? Self.controller : device)
        file.big(isRequest ? device : Self.controller)
        file.overwriteBig(Self.folded(file.internetSum(from: start, initial: 0)), at: headerSum)

        let segment = file.position
        file.big(isRequest ? controllerPort : Self.modbusPort)
        file.big(isRequest ? Self.modbusPort : controllerPort)
        file.big(isRequest ? controllerSequence : deviceSequence)
        file.big(isRequest ? deviceSequence : controllerSequence)
        file.octet(0x50)  // Five words of header.
        file.octet(0x18)  // PSH, ACK
        file.big(UInt16(0xFFFF))  // Window.
        let segmentSum = file.position
        file.big(UInt16(0))
        file.big(UInt16(0))
        file.octets(frame)
        let pseudoHeader = Self.words(Self.controller) + Self.words(device) + 6 + UInt32(20 + frame.count)
        file.overwriteBig(Self.folded(file.internetSum(from: segment, initial: pseudoHeader)), at: segmentSum)

        if isRequest {
            controllerSequence &+= UInt32(frame.count)
        } else {
            deviceSequence &+= UInt32(frame.count)
        }
        if !Self.isWhole(frame) { reconnect() }
    }

    /// Tags of Wireshark's Upper PDU export, then the frame as it is.
    func writeUpperPDU(
        _ frame: UnsafeRawBufferPointer, dissector: StaticString, direction: FrameDirection, to file: CaptureFile
    ) {
        let isRequest = direction == .request
        file.big(UInt16(12))  // Name of the dissector, padded with zeros to whole words.
        file.big(UInt16((dissector.utf8CodeUnitCount + 3) / 4 * 4))
        file.octets(UnsafeRawBufferPointer(start: dissector.utf8Start, count: dissector.utf8CodeUnitCount))
        for _ in dissector.utf8CodeUnitCount..<((dissector.utf8CodeUnitCount + 3) / 4 * 4) { file.octet(0) }
        tag(20, isRequest ? Self.controller : device, to: file)  // IPv4 source
        tag(21, isRequest ? device : Self.controller, to: file)  // IPv4 destination
        tag(24, 2, to: file)  // Kind of port: as with TCP.
        tag(25, UInt32(isRequest ? controllerPort : Self.modbusPort), to: file)
        tag(26, UInt32(isRequest ? Self.modbusPort : controllerPort), to: file)
        file.big(UInt32(0))  // End of the tags.
        file.octets(frame)
    }

    private func tag(_ code: UInt16, _ value: UInt32, to file: CaptureFile) {
        file.big(code)
        file.big(UInt16(4))
        file.big(value)
    }

    /// A frame whose MBAP length does not fit its octets spoils the rest of a TCP stream, for a reader of the capture as
    /// for a real peer. A real controller would close the connection: so the next frame is on a new one.
    private mutating func reconnect() {
        controllerPort = controllerPort > 60_000 ? 50_000 : controllerPort &+ 2_048
        controllerSequence = 1
        deviceSequence = 1
    }

    private static func isWhole(_ frame: UnsafeRawBufferPointer) -> Bool {
        frame.count >= 8 && frame.count == 6 + (Int(frame[4]) << 8 | Int(frame[5]))
    }

    private static func words(_ address: UInt32) -> UInt32 { address >> 16 + address & 0xFFFF }

    private static func folded(_ sum: UInt32) -> UInt16 {
        var sum = sum
        while sum > 0xFFFF { sum = sum >> 16 + sum & 0xFFFF }
        return ~UInt16(sum)
    }
}
