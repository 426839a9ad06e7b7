internal import DeviceSpecs
internal import RegisterMaps

/// The serial number of a device, where its spec leaves it open.
///
/// A spec states one text for all devices of its type. One whose digits are all zeros, such as `000000` or `A0000000`, is a
/// placeholder: each device of a rack has digits of its own there, the same in every run.
enum SerialNumber {
    /// Of a serial number; fewer where the point has no room. Ten: two devices of a rack share one by chance never.
    private static let digitCount = 10

    static func isOpen(_ point: SpecifiedPoint) -> Bool {
        guard point.definition.encoding == .text,
            point.name.hasSuffix("serial") || point.name.hasSuffix("serial-number")
        else { return false }
        let digits = point.text.drop { !isDigit($0) }
        return !digits.isEmpty && digits.allSatisfy { $0 == "0" }
    }

    /// The text for one device, made from what tells it from all others.
    static func text(of point: SpecifiedPoint, rack: String, path: String, model: String) -> String {
        let prefix = point.text.prefix { !isDigit($0) }
        let room = Int(point.definition.wordCount) * 2 - prefix.utf8.count
        // FNV-1a, 64 bits.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for octet in "\(rack)/\(path)/\(model)".utf8 { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01B3 }
        var digits = ""
        for _ in 0..<max(0, min(digitCount, room)) {
            digits = String(hash % 10) + digits
            hash /= 10
        }
        return prefix + digits
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
