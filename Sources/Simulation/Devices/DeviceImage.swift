internal import DeviceFirmware
internal import DeviceSpecs
internal import RegisterMaps

/// A device type as its flash would hold it: the register map and what it calls itself. One serves all devices of the
/// type and lives as long as any of them.
final class DeviceImage {
    let specification: DeviceSpecification
    let map: RegisterMap
    let identity: IdentificationObjects

    private let compiled: CompiledPoints
    private let objects: UnsafeMutableBufferPointer<IdentificationObject>
    private let objectText: UnsafeMutableBufferPointer<UInt8>

    init(_ specification: DeviceSpecification) {
        self.specification = specification
        compiled = CompiledPoints(specification)
        map = RegisterMap(points: compiled.points, text: compiled.texts)
        let texts = [specification.identity.vendor, specification.identity.product, specification.identity.revision]
            .map { Array($0.utf8.prefix(Self.longestObject)) }
        objects = .allocate(capacity: texts.count)
        objectText = .allocate(capacity: texts.reduce(0) { $0 + $1.count })
        var offset = 0
        for (number, text) in texts.enumerated() {
            let object = IdentificationObject(number: UInt8(number), count: UInt8(text.count), offset: UInt16(offset))
            objects.initializeElement(at: number, to: object)
            for (place, octet) in text.enumerated() { objectText.initializeElement(at: offset + place, to: octet) }
            offset += text.count
        }
        identity = IdentificationObjects(
            objects: UnsafeBufferPointer(objects), text: UnsafeBufferPointer(objectText))
    }

    /// A Modbus unit of the type; `stored` are its words.
    func unit(stored: UnsafeMutableBufferPointer<UInt16>) -> UnitServer {
        var unit = UnitServer(map: map, identity: identity, stored: stored)
        unit.busy = specification.busy.map { BusyWindow(every: $0.every, length: $0.length) }
        return unit
    }

    deinit {
        objects.deallocate()
        objectText.deallocate()
    }

    /// What one response can carry of one object (Modbus application protocol V1.1b3, section 6.21).
    private static let longestObject = 244
}
