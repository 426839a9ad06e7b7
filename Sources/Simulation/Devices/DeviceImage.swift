internal import DeviceFirmware
internal import DeviceSpecs
internal import RegisterMaps

/// A device type as its flash would hold it: the register map and what it calls itself. One serves all devices of the
/// type and lives as long as any of them; a device with a serial number has its own, which shares all but the texts.
final class DeviceImage {
    let specification: DeviceSpecification
    let map: RegisterMap

    private let identity: IdentityTable
    private let compiled: CompiledPoints
    /// The serial numbers that the spec leaves open.
    private let open: [SpecifiedPoint]
    /// Where they are filled in.
    private let ownTexts: UnsafeMutableBufferPointer<UInt8>?

    init(_ specification: DeviceSpecification) {
        self.specification = specification
        identity = IdentityTable(specification.identity)
        compiled = CompiledPoints(specification)
        map = RegisterMap(points: compiled.points, text: compiled.texts)
        open = specification.points.filter(SerialNumber.isOpen)
        ownTexts = nil
    }

    /// The same with the serial numbers of one device.
    private init(_ type: DeviceImage, rack: String, path: String) {
        specification = type.specification
        (identity, compiled, open) = (type.identity, type.compiled, type.open)
        let texts = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: compiled.texts.count)
        _ = texts.initialize(from: compiled.texts)
        for point in open {
            // Where a text stands is known to the compiled points alone.
            guard let index = specification.points.firstIndex(where: { $0.name == point.name }) else { continue }
            let start = Int(compiled.points[index].textOffset)
            let number = SerialNumber.text(of: point, rack: rack, path: path, model: specification.model)
            for (place, octet) in number.utf8.enumerated() { texts[start + place] = octet }
        }
        ownTexts = texts
        map = RegisterMap(points: compiled.points, text: UnsafeBufferPointer(texts))
    }

    deinit { ownTexts?.deallocate() }

    /// The image of one device; the type's own where nothing tells its devices apart.
    func numbered(rack: String, path: String) -> DeviceImage {
        open.isEmpty ? self : DeviceImage(self, rack: rack, path: path)
    }

    /// A Modbus unit of the type; `stored` are its words.
    func unit(stored: UnsafeMutableBufferPointer<UInt16>) -> UnitServer {
        var unit = UnitServer(map: map, identity: identity.objects, stored: stored)
        unit.busy = specification.busy.map { BusyWindow(every: $0.every, length: $0.length) }
        return unit
    }
}
