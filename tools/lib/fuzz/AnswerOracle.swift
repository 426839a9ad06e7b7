/// Says whether an answer is one that the standard allows, from literal octets alone: nothing of the code under test is
/// used. Sections are those of the Modbus application protocol specification V1.1b3.
enum AnswerOracle {
    /// What is wrong with the PDU of an answer to a request's PDU; `nil` when nothing is.
    static func complaint(about answer: [UInt8], to request: [UInt8]) -> String? {
        guard !request.isEmpty else { return "an answer to nothing" }
        guard (2...253).contains(answer.count) else { return "a PDU of \(answer.count) octets" }
        let expected = exception(for: request)
        if answer[0] == request[0] | 0x80, answer.count == 2, request[0] & 0x80 != 0 || answer[0] != request[0] {
            guard (1...6).contains(answer[1]) else { return "exception code \(answer[1])" }
            if let expected, answer[1] != expected { return "exception \(answer[1]) in place of \(expected)" }
            if expected == nil, answer[1] == 1 { return "exception 1 for a function that every unit has" }
            if expected == nil, answer[1] == 3, !writesValues(request) { return "exception 3 for a read in its limits" }
            return nil
        }
        if let expected { return "no exception where \(expected) is due" }
        guard answer[0] == request[0] else { return "function \(answer[0]) in answer to \(request[0])" }
        return shapeComplaint(about: answer, to: request)
    }

    /// The exception that the form of a request alone demands (the state diagrams of section 6).
    private static func exception(for request: [UInt8]) -> UInt8? {
        switch request[0] {
        case 1, 2: return request.count == 5 && (1...2000).contains(word(request, 3)) ? nil : 3
        case 3, 4: return request.count == 5 && (1...125).contains(word(request, 3)) ? nil : 3
        case 5: return request.count == 5 && [0, 0xFF00].contains(word(request, 3)) ? nil : 3
        case 6: return request.count == 5 ? nil : 3
        case 7, 17: return request.count == 1 ? nil : 3
        case 8: return diagnosticsException(request)
        case 15: return counted(request, at: 5, quantityAt: 3, limit: 1968, isBits: true) ? nil : 3
        case 16: return counted(request, at: 5, quantityAt: 3, limit: 123, isBits: false) ? nil : 3
        // No unit has a file or a queue: what is well formed names one that does not exist.
        case 20:
            let isSound = request.count >= 2 && (7...245).contains(request[1]) && request[1] % 7 == 0
            return isSound && request.count == 2 + Int(request[1]) ? 2 : 3
        case 21: return writesRecords(request) ? 2 : 3
        case 22: return request.count == 7 ? nil : 3
        case 23:
            let isSound = counted(request, at: 9, quantityAt: 7, limit: 121, isBits: false)
            return isSound && (1...125).contains(word(request, 3)) ? nil : 3
        case 24: return request.count == 3 ? 2 : 3
        case 43:
            guard request.count >= 2 else { return 3 }
            guard request[1] == 14 else { return 1 }
            return request.count == 4 && (1...4).contains(request[2]) ? nil : 3
        default: return 1
        }
    }

    private static func diagnosticsException(_ request: [UInt8]) -> UInt8? {
        guard request.count >= 3 else { return 3 }
        switch word(request, 1) {
        case 0: return request.count >= 5 && request.count % 2 == 1 ? nil : 3
        case 1: return request.count == 5 && [0, 0xFF00].contains(word(request, 3)) ? nil : 3
        case 4, 10...18: return request.count == 5 && word(request, 3) == 0 ? nil : 3
        default: return 1
        }
    }

    private static func shapeComplaint(about answer: [UInt8], to request: [UInt8]) -> String? {
        let isRight: Bool
        switch request[0] {
        case 1, 2:
            let bits = word(request, 3)
            let octets = (bits + 7) / 8
            let filling = bits % 8 == 0 ? 0 : answer[answer.count - 1] >> UInt8(bits % 8)
            isRight = answer.count == 2 + octets && Int(answer[1]) == octets && filling == 0
        case 3, 4, 23:
            let octets = 2 * word(request, 3)
            isRight = answer.count == 2 + octets && Int(answer[1]) == octets
        case 5, 6, 22: isRight = answer == request
        case 7: isRight = answer.count == 2
        case 8:
            let isEcho = [0, 1, 10].contains(word(request, 1))
            isRight = isEcho ? answer == request : answer.count == 5 && answer[1...2] == request[1...2]
        case 15, 16: isRight = answer == Array(request[..<5])
        case 17: isRight = answer.count == 2 + Int(answer[1]) && answer.count >= 4
        case 43: isRight = isIdentification(answer, request)
        default: isRight = false
        }
        return isRight ? nil : "not the answer to that request"
    }

    /// Section 6.21: as many objects as announced, their numbers rising, up to the end.
    private static func isIdentification(_ answer: [UInt8], _ request: [UInt8]) -> Bool {
        guard answer.count >= 7, answer[1] == 14, answer[2] == request[2], answer[3] == 0x83,
            [0, 0xFF].contains(answer[4])
        else {
            return false
        }
        var (position, last) = (7, -1)
        for _ in 0..<answer[6] {
            guard position + 2 <= answer.count, Int(answer[position]) > last else { return false }
            last = Int(answer[position])
            position += 2 + Int(answer[position + 1])
        }
        let continues = answer[4] == 0xFF ? Int(answer[5]) > last : answer[5] == 0
        return position == answer.count && answer[6] >= 1 && continues
    }

    private static func counted(
        _ request: [UInt8], at position: Int, quantityAt: Int, limit: Int, isBits: Bool
    ) -> Bool {
        guard request.count > position else { return false }
        let quantity = word(request, quantityAt)
        let octets = isBits ? (quantity + 7) / 8 : 2 * quantity
        return (1...limit).contains(quantity) && Int(request[position]) == octets
            && request.count == position + 1 + octets
    }

    private static func writesRecords(_ request: [UInt8]) -> Bool {
        guard request.count >= 2, (9...251).contains(request[1]), request.count == 2 + Int(request[1]) else {
            return false
        }
        var position = 2
        while position < request.count {
            guard position + 7 <= request.count else { return false }
            position += 7 + 2 * word(request, position + 5)
        }
        return position == request.count
    }

    private static func writesValues(_ request: [UInt8]) -> Bool { [5, 6, 15, 16, 22, 23].contains(request[0]) }

    private static func word(_ octets: [UInt8], _ position: Int) -> Int {
        Int(octets[position]) << 8 | Int(octets[position + 1])
    }

    /// The serial line's check, bit by bit (serial-line specification V1.02, appendix B).
    static func checksum(_ octets: some Sequence<UInt8>) -> UInt16 {
        var remainder: UInt16 = 0xFFFF
        for octet in octets {
            remainder ^= UInt16(octet)
            for _ in 0..<8 { remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xA001 : remainder >> 1 }
        }
        return remainder
    }
}
