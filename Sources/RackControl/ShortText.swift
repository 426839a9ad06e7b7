/// A text of at most 32 octets, without an allocation: the name of a device type, or what a stranger calls itself.
public struct ShortText: Hashable, Sendable {
    /// Eight octets each, the first in the least significant place; unused ones are 0.
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt64 = 0
    public private(set) var count = 0

    public static let capacity = 32

    public init() {}

    /// As much of it as fits.
    public init(_ text: String) {
        for octet in text.utf8 { append(octet) }
    }

    public mutating func append(_ octet: UInt8) {
        guard count < Self.capacity else { return }
        let bits = UInt64(octet) << UInt64(count % 8 * 8)
        switch count / 8 {
        case 0: first |= bits
        case 1: second |= bits
        case 2: third |= bits
        default: fourth |= bits
        }
        count += 1
    }

    /// Octets that are no printable ASCII show as dots.
    public var text: String {
        var text = ""
        for place in 0..<count {
            let group = [first, second, third, fourth][place / 8]
            let octet = UInt8(truncatingIfNeeded: group >> UInt64(place % 8 * 8))
            text.append((0x20..<0x7F).contains(octet) ? Character(Unicode.Scalar(octet)) : ".")
        }
        return text
    }
}
