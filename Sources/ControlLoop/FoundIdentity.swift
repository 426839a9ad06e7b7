internal import ModbusWire
internal import RackControl

/// What a device answered when it was asked who it is, small enough to be kept without an allocation.
public struct FoundIdentity: Sendable {
    /// As much as the message about a stranger needs. Arbitrary.
    private static let capacity = 32

    private var octets = InlineArray<32, UInt8>(repeating: 0)
    private var count = 0
    private var exception: UInt8?

    init() {}

    init(_ reply: BusReply, _ registers: borrowing RegisterBlock) {
        switch reply {
        case .exception(let code): exception = code.rawValue
        case .registers, .text:
            for index in 0..<min(registers.count * 2, Self.capacity) {
                let word = registers[index / 2]
                octets[index] = UInt8(truncatingIfNeeded: index % 2 == 0 ? word >> 8 : word)
            }
            count = min(registers.count * 2, Self.capacity)
        case .written, .timeout, .badFrame, .mismatch: break
        }
    }

    /// `"PM-2"`, `exception 2`, or the octets where they are no text.
    public var text: String {
        if let exception { return "exception \(exception)" }
        var found: [UInt8] = []
        for index in 0..<count { found.append(octets[index]) }
        while let last = found.last, last == 0 || last == 0x20 { found.removeLast() }
        guard !found.isEmpty else { return "nothing" }
        guard found.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
            return "octets " + found.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
        }
        return "\"" + String(decoding: found, as: UTF8.self) + "\""
    }
}
