import Scenario
import Units
import YAMLReading

/// What a fault does: a word (`fault: no-reply`), or a word with its amount (`fault: {delay: 300 ms}`).
///
/// The amounts of the two oldest kinds may also stand beside the word: `fault: delay, delay: 300 ms` and
/// `fault: exception, code: 6`.
struct BusFaultKindReader {
    /// The bus on which it is to happen, where that is known.
    let medium: BusDefinition?

    enum Name: String, CaseIterable {
        case noReply = "no-reply"
        case delay
        case byteTrickle = "byte-trickle"
        case exception
        case wrongTransaction = "wrong-transaction"
        case wrongUnit = "wrong-unit"
        case wrongFunction = "wrong-function"
        case truncation
        case extraBytes = "extra-bytes"
        case badCRC = "bad-crc"
        case fewerRegisters = "fewer-registers"
        case disconnect

        /// How one with an amount is written; `nil` where there is none, or none is needed.
        var example: String? {
            switch self {
            case .delay: "{delay: 300 ms}"
            case .byteTrickle: "{byte-trickle: 5 ms}"
            case .exception: "{exception: busy}"
            case .extraBytes: "{extra-bytes: 3}"
            case .fewerRegisters: "{fewer-registers: 1}"
            default: nil
            }
        }
    }

    /// The exception codes of the Modbus application protocol specification V1.1b3, section 7, in its words.
    enum ExceptionName: String, CaseIterable {
        case illegalFunction = "illegal-function"
        case illegalDataAddress = "illegal-data-address"
        case illegalDataValue = "illegal-data-value"
        case serverDeviceFailure = "server-device-failure"
        case acknowledge
        case busy
        case serverDeviceBusy = "server-device-busy"
        case negativeAcknowledge = "negative-acknowledge"
        case memoryParityError = "memory-parity-error"
        case gatewayPathUnavailable = "gateway-path-unavailable"
        case gatewayTargetFailedToRespond = "gateway-target-failed-to-respond"

        var code: UInt8 {
            switch self {
            case .illegalFunction: 0x01
            case .illegalDataAddress: 0x02
            case .illegalDataValue: 0x03
            case .serverDeviceFailure: 0x04
            case .acknowledge: 0x05
            case .busy, .serverDeviceBusy: 0x06
            case .negativeAcknowledge: 0x07
            case .memoryParityError: 0x08
            case .gatewayPathUnavailable: 0x0A
            case .gatewayTargetFailedToRespond: 0x0B
            }
        }
    }

    func read(_ place: YAMLValue, _ mapping: YAMLMapping) -> (kind: BusFault.Kind, text: String)? {
        let beside: [Name: YAMLValue?]
        let word: YAMLValue
        var amount: YAMLValue?
        if place.isMapping, let inner = place.mapping() {
            guard inner.entries.count == 1 else {
                place.problem("expected one kind of fault such as {delay: 300 ms}, found \(inner.entries.count)")
                return nil
            }
            (word, amount, beside) = (inner.entries[0].key, inner.entries[0].value, [:])
        } else {
            word = place
            beside = [.delay: mapping.optional("delay"), .exception: mapping.optional("code")]
        }
        guard let name = word.choice(of: Name.self) else { return nil }
        for (other, stray) in [(Name.delay, "delay"), (.exception, "code")] where other != name {
            if let value = beside[other] ?? nil { value.problem("\(name.rawValue) has no \(stray); leave this out") }
        }
        judge(name, word)
        amount = amount ?? beside[name] ?? nil
        if amount == nil, let example = name.example {
            word.problem("\(name.rawValue) needs an amount; write fault: \(example)")
            return nil
        }
        // However its amount was typed: `300ms` and `300 ms` are one fault, with one stream of chances.
        let text = [name.rawValue, amount?.scalarText.map(Self.spaced) ?? ""].filter { !$0.isEmpty }.joined(
            separator: " ")
        return readKind(name, amount).map { ($0, text) }
    }

    /// A time with one blank before its unit; anything else as it is.
    private static func spaced(_ text: String) -> String {
        guard ExactQuantity.parse(text, as: .time) != nil else { return text }
        let (number, unit) = ExactQuantity.split(text)
        return "\(number) \(unit)"
    }

    /// Some trouble a medium cannot have.
    private func judge(_ name: Name, _ place: YAMLValue) {
        guard let medium else { return }
        switch (name, medium.medium) {
        case (.badCRC, .tcp):
            place.problem(
                "the bus \"\(medium.name)\" is a TCP network, whose frames carry no CRC; take truncation or wrong-unit")
        case (.wrongTransaction, .rtu):
            place.problem(
                "the bus \"\(medium.name)\" is a serial line, whose frames carry no transaction; "
                    + "take wrong-unit or wrong-function")
        default: break
        }
    }

    private func readKind(_ name: Name, _ amount: YAMLValue?) -> BusFault.Kind? {
        switch name {
        case .delay: return amount?.interval(from: .microseconds(1), to: .seconds(60)).map { .delay($0) }
        case .byteTrickle: return amount?.interval(from: .microseconds(1), to: .seconds(10)).map { .byteTrickle($0) }
        case .exception: return amount.flatMap { readException($0) }.map { .exception($0) }
        case .extraBytes: return amount?.integer(in: 1...100).map { .extraBytes($0) }
        case .fewerRegisters: return amount?.integer(in: 1...125).map { .fewerRegisters($0) }
        case .truncation:
            guard let amount, amount.scalarText != "" else { return .truncation(octets: nil) }
            return amount.integer(in: 1...259).map { .truncation(octets: $0) }
        case .noReply: return bare(name, amount, .noReply)
        case .wrongTransaction: return bare(name, amount, .wrongTransaction)
        case .wrongUnit: return bare(name, amount, .wrongUnit)
        case .wrongFunction: return bare(name, amount, .wrongFunction)
        case .badCRC: return bare(name, amount, .badCRC)
        case .disconnect: return bare(name, amount, .disconnect)
        }
    }

    private func bare(_ name: Name, _ amount: YAMLValue?, _ kind: BusFault.Kind) -> BusFault.Kind? {
        guard let amount, amount.scalarText != "" else { return kind }
        amount.problem("\(name.rawValue) has no amount; write fault: \(name.rawValue)")
        return nil
    }

    /// By its name or its number.
    private func readException(_ place: YAMLValue) -> UInt8? {
        if let name = place.scalarText.flatMap({ ExceptionName(rawValue: $0) }) { return name.code }
        if let first = place.scalarText?.first, first.isASCII, first.isLetter {
            _ = place.choice(of: ExceptionName.self)
            return nil
        }
        return place.integer(in: 1...127).map { UInt8($0) }
    }
}
