/// What a reply means to the client that sent the request.
@frozen
public enum ReplyVerdict: Hashable, Sendable {
    /// It answers the request; what was read stands in the block that was given.
    case accepted
    case exception(ExceptionCode)
    case mismatch(ReplyMismatch)
}

/// Why a reply does not answer the request.
@frozen
public enum ReplyMismatch: Hashable, Sendable {
    /// Not a response at all.
    case malformed(PDUError)
    /// An answer to another function: a late reply, or a confused device.
    case function(expected: FunctionCode, found: FunctionCode)
    /// Octets of payload that do not fit the quantity asked for.
    case byteCount(expected: Int, found: Int)
    /// The echo of a write names another address, count, value, sub-function or object.
    case echo
}

extension RequestPDU {
    /// Judges the PDU of a reply, and takes what was read into `block`: registers as they are, bits 16 to a word with
    /// the first in the least significant bit of the first word, the value of a single identification object two
    /// octets to a word. The block is empty unless the reply is accepted; what has no place in it (file records,
    /// server identifier, identification streams) is read from the view through `ResponsePDU`.
    @inlinable public func verdict(onReply pdu: Span<UInt8>, words block: inout RegisterBlock) -> ReplyVerdict {
        block.removeAll()
        switch self {
        case .readHoldingRegisters(_, let count), .readInputRegisters(_, let count),
            .readWriteMultipleRegisters(_, let count, _, _, _):
            // The usual reply, without a detour.
            guard pdu.count == 2 + 2 * Int(count), pdu[0] == function.rawValue, Int(pdu[1]) == 2 * Int(count) else {
                return rejection(of: pdu)
            }
            for index in 0..<Int(count) { block.append(PDUReader.word(2 &+ 2 &* index, of: pdu)) }
            return .accepted
        case .readCoils(_, let count), .readDiscreteInputs(_, let count):
            let octets = PDUReader.octetCount(bits: count)
            guard pdu.count == 2 + octets, pdu[0] == function.rawValue, Int(pdu[1]) == octets else {
                return rejection(of: pdu)
            }
            for index in stride(from: 0, to: octets, by: 2) {
                let high = index + 1 < octets ? UInt16(pdu[3 + index]) << 8 : 0
                block.append(UInt16(pdu[2 + index]) | high)
            }
            return .accepted
        default: return verdictOnLessFrequent(pdu, &block)
        }
    }

    /// The reply is not what the request calls for: says why.
    @usableFromInline func rejection(of pdu: Span<UInt8>) -> ReplyVerdict {
        let response: ResponsePDU
        do throws(PDUError) {
            response = try ResponsePDU(decoding: pdu)
        } catch {
            return .mismatch(.malformed(error))
        }
        if case .exception(let found, let code) = response {
            return found == function ? .exception(code) : .mismatch(.function(expected: function, found: found))
        }
        let found = FunctionCode(rawValue: pdu[0])
        guard found == function else { return .mismatch(.function(expected: function, found: found)) }
        switch (self, response) {
        case (.readCoils(_, let count), .bits(_, let payload)),
            (.readDiscreteInputs(_, let count), .bits(_, let payload)):
            return .mismatch(.byteCount(expected: PDUReader.octetCount(bits: count), found: Int(payload.count)))
        case (.readHoldingRegisters(_, let count), .registers(_, let payload)),
            (.readInputRegisters(_, let count), .registers(_, let payload)),
            (.readWriteMultipleRegisters(_, let count, _, _, _), .registers(_, let payload)):
            return .mismatch(.byteCount(expected: 2 * Int(count), found: Int(payload.count)))
        default: return .mismatch(.echo)
        }
    }

    @usableFromInline func verdictOnLessFrequent(_ pdu: Span<UInt8>, _ block: inout RegisterBlock) -> ReplyVerdict {
        let response: ResponsePDU
        do throws(PDUError) {
            response = try ResponsePDU(decoding: pdu)
        } catch {
            return .mismatch(.malformed(error))
        }
        if let echo { return response == echo ? .accepted : rejection(of: pdu) }
        switch (self, response) {
        case (.readExceptionStatus, .exceptionStatus(let status)):
            block.append(UInt16(status))
            return .accepted
        case (.diagnostics(let subfunction, _), .diagnostics(let found, let data)):
            guard subfunction == found else { return .mismatch(.echo) }
            block.append(words: data, of: pdu)
            return .accepted
        case (.readFIFOQueue, .fifoQueue(let words)):
            block.append(words: words, of: pdu)
            return .accepted
        case (.reportServerIdentifier, .serverIdentifier), (.readFileRecord, .fileRecords),
            (.writeFileRecord, .fileRecordsWritten):
            return .accepted
        case (.readDeviceIdentification(let access, let object), .deviceIdentification(let found)):
            guard access == found.access else { return .mismatch(.echo) }
            guard access == .individual else { return .accepted }
            guard let value = found.value(ofObject: object, in: pdu) else { return .mismatch(.echo) }
            block.append(text: value, of: pdu)
            return .accepted
        default: return rejection(of: pdu)
        }
    }

    /// For writes: the one response that confirms them.
    @usableFromInline var echo: ResponsePDU? {
        switch self {
        case .writeSingleCoil(let address, let isOn): .writeSingleCoil(address: address, isOn: isOn)
        case .writeSingleRegister(let address, let word): .writeSingleRegister(address: address, word: word)
        case .writeMultipleCoils(let address, let count, _): .writeMultipleCoils(address: address, count: count)
        case .writeMultipleRegisters(let address, let count, _):
            .writeMultipleRegisters(address: address, count: count)
        case .maskWriteRegister(let address, let andMask, let orMask):
            .maskWriteRegister(address: address, andMask: andMask, orMask: orMask)
        default: nil
        }
    }
}

extension RegisterBlock {
    mutating func append(words payload: PayloadRange, of view: Span<UInt8>) {
        for index in 0..<payload.wordCount {
            guard let word = payload.word(index, of: view) else { return }
            append(word)
        }
    }

    /// Two octets to a word, high octet first, as text stands in registers; a missing last octet is NUL.
    mutating func append(text payload: PayloadRange, of view: Span<UInt8>) {
        var index = 0
        while let high = payload.octet(index, of: view) {
            append(UInt16(high) << 8 | UInt16(payload.octet(index + 1, of: view) ?? 0))
            index += 2
        }
    }
}
