/// Where the value of one identification object stands in the text of its table.
@frozen
public struct IdentificationObject: Sendable {
    /// 0x00 vendor, 0x01 product code, 0x02 revision; 0x03...0x06 named by V1.1b3, section 6.21; 0x80...0xFF the
    /// device's own.
    public var number: UInt8
    /// Octets, at most 244.
    public var count: UInt8
    public var offset: UInt16

    public init(number: UInt8, count: UInt8, offset: UInt16) {
        self.number = number
        self.count = count
        self.offset = offset
    }
}

/// What a device calls itself in function 43/14: a view on tables that neither change nor go away, as for
/// `RegisterMap`. The objects are sorted by number; the first three (vendor, product code, revision) must be there.
@frozen
public struct IdentificationObjects: @unchecked Sendable {
    // Unchecked: the memory is immutable for as long as the value exists, by the contract above.

    public let objects: UnsafeBufferPointer<IdentificationObject>
    public let text: UnsafeBufferPointer<UInt8>

    public init(objects: UnsafeBufferPointer<IdentificationObject>, text: UnsafeBufferPointer<UInt8>) {
        self.objects = objects
        self.text = text
    }

    /// The category of what there is, and that single objects can be read too: 0x81 basic, 0x82 regular, 0x83 extended
    /// (V1.1b3, section 6.21).
    var conformityLevel: UInt8 {
        switch objects.last?.number ?? 0 {
        case ...0x02: 0x81
        case ...0x7F: 0x82
        default: 0x83
        }
    }

    func index(of number: UInt8) -> Int? {
        objects.firstIndex { $0.number == number }
    }

    /// The octets of an object, cut to what the text holds and one response can carry.
    func octets(ofObjectAt index: Int) -> UnsafeBufferPointer<UInt8> {
        let object = objects[index]
        let start = min(Int(object.offset), text.count)
        let end = min(start + min(Int(object.count), 244), text.count)
        return UnsafeBufferPointer(rebasing: text[start..<end])
    }
}
