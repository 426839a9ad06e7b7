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
        let packet = file.room(for: Self.headers + frame.count)
        let addresses = Self.words(Self.controller) + Self.words(device)
        let (sequence, acknowledged) =
            isRequest ? (controllerSequence, deviceSequence) : (deviceSequence, controllerSequence)

        let length = UInt32(packet.count)
        // Version 4, five words of header; no packet is a fragment; time to live 64; TCP.
        let header: UInt32 = 0x4500 + 0x4000 + 0x4006
        Self.store(0x4500_0000 | length, in: packet, at: 0)
        Self.store(0x0000_4000, in: packet, at: 4)
        Self.store(0x4006_0000 | UInt32(Self.folded(header + length + addresses)), in: packet, at: 8)
        Self.store(isRequest ? Self.controller : device, in: packet, at: 12)
        Self.store(isRequest ? device : Self.controller, in: packet, at: 16)

        let ports = UInt32(controllerPort) << 16 | UInt32(Self.modbusPort)
        // Five words of header; PSH, ACK; the widest window; nothing is urgent.
        let flags: UInt32 = 0x5018_FFFF
        let pseudoHeader = addresses + 6 + length - 20
        let sum = pseudoHeader + Self.words(ports) + Self.words(sequence) + Self.words(acknowledged) + Self.words(flags)
        Self.store(isRequest ? ports : ports << 16 | ports >> 16, in: packet, at: 20)
        Self.store(sequence, in: packet, at: 24)
        Self.store(acknowledged, in: packet, at: 28)
        Self.store(flags, in: packet, at: 32)
        Self.store(UInt32(Self.folded(sum + Self.sum(of: frame))) << 16, in: packet, at: 36)
        UnsafeMutableRawBufferPointer(rebasing: packet[Self.headers...]).copyMemory(from: frame)

        if isRequest {
            controllerSequence &+= UInt32(frame.count)
        } else {
            deviceSequence &+= UInt32(frame.count)
        }
        if !Self.isWhole(frame) { reconnect() }
    }

    /// Octets of the headers of IPv4 and TCP, without options.
    private static let headers = 40

    /// Big-endian, the order of the network's fields.
    private static func store(_ value: UInt32, in packet: UnsafeMutableRawBufferPointer, at offset: Int) {
        packet.storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt32.self)
    }

    /// The octets as words of 16 bits in network order, added up as RFC 1071 wants it and folded to 16 bits.
    private static func sum(of octets: UnsafeRawBufferPointer) -> UInt32 {
        var sum: UInt64 = 0
        var offset = 0
        // Words of four octets add up to the same as words of two, once their carries are folded back.
        while offset + 8 <= octets.count {
            let eight = UInt64(bigEndian: octets.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            sum &+= eight >> 32 + eight & 0xFFFF_FFFF
            offset += 8
        }
        while offset < octets.count {
            sum &+= UInt64(octets[offset]) << (offset.isMultiple(of: 2) ? 8 : 0)
            offset += 1
        }
        while sum > 0xFFFF { sum = sum >> 16 + sum & 0xFFFF }
        return UInt32(sum)
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
