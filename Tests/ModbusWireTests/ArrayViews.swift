import ModbusWire

// The test macros cannot carry a span, so tests hand over arrays.

extension RequestPDU {
    init(decoding octets: [UInt8]) throws(PDUError) { try self.init(decoding: octets.span) }

    func encode(payloadFrom octets: [UInt8], into frame: inout FrameBuffer) throws(PDUError) {
        try encode(payloadFrom: octets.span, into: &frame)
    }

    func verdict(onReply octets: [UInt8], words: inout RegisterBlock) -> ReplyVerdict {
        verdict(onReply: octets.span, words: &words)
    }
}

extension ResponsePDU {
    init(decoding octets: [UInt8]) throws(PDUError) { try self.init(decoding: octets.span) }

    func encode(payloadFrom octets: [UInt8], into frame: inout FrameBuffer) throws(PDUError) {
        try encode(payloadFrom: octets.span, into: &frame)
    }
}

extension PayloadRange {
    func octet(_ index: Int, of view: [UInt8]) -> UInt8? { octet(index, of: view.span) }
    func word(_ index: Int, of view: [UInt8]) -> UInt16? { word(index, of: view.span) }
    func bit(_ index: Int, of view: [UInt8]) -> Bool? { bit(index, of: view.span) }
    func octets(of view: [UInt8]) -> [UInt8] {
        let octets = octets(of: view.span)
        return octets.indices.map { octets[$0] }
    }
}

extension FileRecordRequest {
    init?(at offset: Int, in payload: PayloadRange, of view: [UInt8]) {
        self.init(at: offset, in: payload, of: view.span)
    }
}

extension IdentificationResponse {
    func value(ofObject number: UInt8, in view: [UInt8]) -> PayloadRange? { value(ofObject: number, in: view.span) }
}

extension CRC16 {
    static func checksum(of octets: [UInt8]) -> UInt16 { checksum(of: octets.span) }
}

extension RTUFrame {
    init(decoding octets: [UInt8]) throws(RTUFrameError) { try self.init(decoding: octets.span) }
}

extension RTUFrameLength {
    init(of octets: [UInt8], direction: FrameDirection) { self.init(of: octets.span, direction: direction) }
}

extension MBAPHeader {
    init(decoding octets: [UInt8]) throws(MBAPError) { try self.init(decoding: octets.span) }
}

extension FrameBuffer {
    var array: [UInt8] { (0..<count).map { self[$0] } }
    var tcpArray: [UInt8] {
        let pdu = tcpPDU
        return pdu.indices.map { pdu[$0] }
    }
}
