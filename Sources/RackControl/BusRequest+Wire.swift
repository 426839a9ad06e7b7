public import ModbusWire
import RegisterMaps

/// The controller's requests as PDUs.
extension BusRequest {
    /// The payload of a write of several words is not in it: `encode` puts it in its place.
    public var pdu: RequestPDU {
        switch self {
        case .readRegisters(.inputRegisters, let address, let count):
            .readInputRegisters(address: address, count: count)
        case .readRegisters(_, let address, let count): .readHoldingRegisters(address: address, count: count)
        case .writeRegisters(let address, let words) where words.count == 1:
            .writeSingleRegister(address: address, word: words[0])
        case .writeRegisters(let address, let words):
            .writeMultipleRegisters(address: address, count: UInt16(words.count))
        case .writeCoil(let address, let isOn): .writeSingleCoil(address: address, isOn: isOn)
        case .readIdentification(let object): .readDeviceIdentification(.individual, object: object)
        }
    }

    /// Appends the PDU. The controller asks only for what a PDU can say, so that it always fits.
    public func encode(into frame: inout FrameBuffer) {
        do throws(PDUError) {
            if case .writeRegisters(_, let words) = self, words.count > 1 {
                var block = RegisterBlock()
                for index in 0..<words.count { block.append(words[index]) }
                try pdu.encode(words: block, into: &frame)
            } else {
                try pdu.encode(into: &frame)
            }
        } catch {
            preconditionFailure("the controller asked for what no PDU can say")
        }
    }
}

extension BusReply {
    /// What a verdict on the reply's PDU means to the controller that sent `request`.
    public init(_ verdict: ReplyVerdict, to request: BusRequest) {
        switch verdict {
        case .exception(let code): self = .exception(code)
        case .mismatch: self = .mismatch
        case .accepted:
            switch request {
            case .readRegisters: self = .registers
            case .readIdentification: self = .text
            case .writeRegisters, .writeCoil: self = .written
            }
        }
    }
}
