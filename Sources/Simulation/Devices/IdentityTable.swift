internal import DeviceFirmware
internal import DeviceSpecs

/// What a device type calls itself when function 43/14 asks, laid out as the firmware reads it.
final class IdentityTable {
    let objects: IdentificationObjects

    private let table: UnsafeMutableBufferPointer<IdentificationObject>
    private let text: UnsafeMutableBufferPointer<UInt8>

    init(_ identity: DeviceIdentity) {
        let texts = [identity.vendor, identity.product, identity.revision]
            .map { Array($0.utf8.prefix(Self.longestObject)) }
        table = .allocate(capacity: texts.count)
        text = .allocate(capacity: texts.reduce(0) { $0 + $1.count })
        var offset = 0
        for (number, octets) in texts.enumerated() {
            let object = IdentificationObject(number: UInt8(number), count: UInt8(octets.count), offset: UInt16(offset))
            table.initializeElement(at: number, to: object)
            for (place, octet) in octets.enumerated() { text.initializeElement(at: offset + place, to: octet) }
            offset += octets.count
        }
        objects = IdentificationObjects(objects: UnsafeBufferPointer(table), text: UnsafeBufferPointer(text))
    }

    deinit {
        table.deallocate()
        text.deallocate()
    }

    /// What one response can carry of one object (Modbus application protocol V1.1b3, section 6.21).
    private static let longestObject = 244
}
