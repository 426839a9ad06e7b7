public import RegisterMaps

/// The point table and text area of a device type, laid out as the flash of an MCU would hold them.
///
/// Floor 0 has no arrays: its register map is a view on two buffers. This class owns them for as long as a device of
/// the type lives. The buffers never change after `init`, so that one table serves all devices of a type.
public final class CompiledPoints: @unchecked Sendable {
    private let ownedPoints: UnsafeMutableBufferPointer<PointDefinition>
    private let ownedTexts: UnsafeMutableBufferPointer<UInt8>

    /// Sorted by table, then address; the index of a point is the same as in `DeviceSpecification.points`.
    public var points: UnsafeBufferPointer<PointDefinition> { UnsafeBufferPointer(ownedPoints) }

    /// The texts of all `.text` points, each padded with NUL to two bytes per word of its point.
    public var texts: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(ownedTexts) }

    public init(_ specification: DeviceSpecification) {
        let laidOut = specification.points.layingOutTexts()
        let byteCount = laidOut.textAreaSize
        ownedPoints = .allocate(capacity: laidOut.count)
        ownedTexts = .allocate(capacity: byteCount)
        ownedTexts.initialize(repeating: 0)
        for (index, point) in laidOut.enumerated() {
            ownedPoints.initializeElement(at: index, to: point.definition)
            guard point.definition.encoding == .text else { continue }
            let room = Int(point.definition.wordCount) * 2
            for (offset, byte) in point.text.utf8.prefix(room).enumerated() {
                ownedTexts[Int(point.definition.textOffset) + offset] = byte
            }
        }
        RegisterMap.assignStorage(to: ownedPoints)
    }

    deinit {
        ownedPoints.deallocate()
        ownedTexts.deallocate()
    }
}

extension [SpecifiedPoint] {
    /// Bytes that the texts of these points take, two per word.
    public var textAreaSize: Int {
        reduce(0) { $1.definition.encoding == .text ? $0 + Int($1.definition.wordCount) * 2 : $0 }
    }

    /// The same points sorted by table and address, each text point with its place in the text area. A text area
    /// beyond 65 535 bytes is refused when a spec is loaded.
    public func layingOutTexts() -> [SpecifiedPoint] {
        var sorted = sorted { first, second in
            let (one, two) = (first.definition, second.definition)
            return (one.table.rawValue, one.address) < (two.table.rawValue, two.address)
        }
        var offset = 0
        for index in sorted.indices where sorted[index].definition.encoding == .text {
            sorted[index].definition.textOffset = UInt16(clamping: offset)
            offset += Int(sorted[index].definition.wordCount) * 2
        }
        return sorted
    }
}
