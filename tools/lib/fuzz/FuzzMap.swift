import DeviceFirmware
import RegisterMaps

/// A register map that offers everything of a device class, so that no word of it is out of a client's reach.
///
/// Holding registers: each signal as 16 bits from 0x0000 and as 64 bits from 0x1000, where nothing but the firmware
/// guards its range; plain words from 0x2000, a text at 0x3000, a word that can only be written at 0x3100. Input
/// registers: each signal as 32 bits, low word first. Coils: what can be written, from 0, and 100 plain ones from 0x1000.
/// Discrete inputs: each signal's lowest bit.
final class FuzzMap: Sendable {
    let map: RegisterMap
    let identity: IdentificationObjects
    let wordCount: Int

    init<Signal: DeviceSignal>(of signals: Signal.Type) {
        var points: [PointDefinition] = []
        let bound = signals.allCases.flatMap { signal in
            (0..<signal.memberLimit).map { (signal.identifier(member: $0), signal.isWritable) }
        }
        func add(
            _ address: Int, _ table: RegisterTable, _ encoding: PointEncoding, words: UInt8 = 1,
            order: WordOrder = .highWordFirst, access: PointAccess, signal: SignalIdentifier = .none
        ) {
            var point = PointDefinition(
                address: UInt16(address), wordCount: words, table: table, encoding: encoding, wordOrder: order,
                access: access, lowestRaw: 0, highestRaw: 0, signal: signal)
            (point.lowestRaw, point.highestRaw) = (point.holdableRaw.lowerBound, point.holdableRaw.upperBound)
            points.append(point)
        }
        func access(_ isWritable: Bool) -> PointAccess { isWritable ? .readWrite : .readOnly }
        for (index, (signal, isWritable)) in bound.enumerated() {
            add(index, .coils, .bit, access: access(isWritable), signal: signal)
        }
        for index in 0..<100 { add(0x1000 + index, .coils, .bit, access: .readWrite) }
        for (index, (signal, _)) in bound.enumerated() {
            add(index, .discreteInputs, .bit, access: .readOnly, signal: signal)
        }
        for (index, (signal, _)) in bound.enumerated() {
            add(
                2 * index, .inputRegisters, .signed, words: 2, order: .lowWordFirst, access: .readOnly, signal: signal)
        }
        for (index, (signal, isWritable)) in bound.enumerated() {
            add(index, .holdingRegisters, .unsigned, access: access(isWritable), signal: signal)
        }
        for (index, (signal, isWritable)) in bound.enumerated() {
            add(
                0x1000 + 4 * index, .holdingRegisters, .signed, words: 4, access: access(isWritable), signal: signal)
        }
        for index in 0..<200 { add(0x2000 + index, .holdingRegisters, .unsigned, access: .readWrite) }
        add(0x3000, .holdingRegisters, .text, words: 8, access: .readOnly)
        add(0x3100, .holdingRegisters, .unsigned, access: .writeOnly)
        // The last address that there is.
        add(0xFFFF, .holdingRegisters, .unsigned, access: .readWrite)

        // Kept for as long as the process lives.
        let table = UnsafeMutableBufferPointer<PointDefinition>.allocate(capacity: points.count)
        _ = table.initialize(from: points)
        wordCount = RegisterMap.assignStorage(to: table)
        map = RegisterMap(points: UnsafeBufferPointer(table), text: Self.kept(Array("BUSBAR-FUZZ".utf8)))

        // A stream takes three answers: the fifth object is one octet too long for the first, the sixth fills one.
        let texts: [(UInt8, Int)] = [(0, 6), (1, 4), (2, 3), (4, 200), (0x80, 24), (0x81, 244), (0x82, 1)]
        var offset: UInt16 = 0
        var objects: [IdentificationObject] = []
        for (number, length) in texts {
            objects.append(IdentificationObject(number: number, count: UInt8(length), offset: offset))
            offset += UInt16(length)
        }
        identity = IdentificationObjects(
            objects: Self.kept(objects), text: Self.kept([UInt8](repeating: 0x42, count: Int(offset))))
    }

    private static func kept<Element>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
        let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
        _ = memory.initialize(from: elements)
        return UnsafeBufferPointer(memory)
    }
}
