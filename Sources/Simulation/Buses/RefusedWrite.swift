internal import DeviceSpecs
internal import RegisterMaps
internal import Scenario

/// Why a unit refused a write: the register at fault, and the map's or the firmware's reason.
///
/// It asks in the order in which a unit does (`UnitServer+Writing`): what is to be read with it, then every address, then
/// every value, the map before the firmware. The firmware is asked after the fact; nothing has changed since.
struct RefusedWrite {
    private let written: WrittenWords
    private let device: VirtualDevice
    private let specification: DeviceSpecification

    init(_ written: WrittenWords, by device: VirtualDevice) {
        self.written = written
        self.device = device
        specification = device.definition.specification
    }

    /// Where exception 2 comes from: `register 0x5000 is not there`.
    func addressFault() -> String? {
        if let fault = readFault() { return fault }
        for address in written.addresses {
            guard address <= 0xFFFF, let point = point(at: address) else { return "\(place(address)) is not there" }
            let definition = point.definition
            guard definition.access != .readOnly else { return "\(place(point, address)) is read-only" }
            guard written.addresses.contains(definition.addresses) else {
                return "\(place(point)) has \(definition.wordCount) words, which are written together or not at all"
            }
        }
        for point in writtenPoints where verdict(on: point) == .protected {
            return "\(place(point)) is write-protected\(key(of: point))"
        }
        return nil
    }

    /// Where exception 3 comes from: `register 0x0020 (power-limit) takes 200 to 12000 (200 W to 12 kW), found ...`.
    func valueFault() -> String? {
        for point in writtenPoints {
            let definition = point.definition
            let amount = RegisterAmount(point, of: specification)
            guard let raw = raw(of: point) else {
                guard written.words.isEmpty, definition.isBound else { continue }
                return "\(place(point)) takes \(limits(of: point, amount))"
            }
            guard definition.areNumber(word(of: point)) else {
                return "\(place(point)) takes numbers, found one that is infinite or none"
            }
            let isAllowed = raw >= definition.lowestRaw && raw <= definition.highestRaw
            guard !isAllowed || verdict(on: point) == .illegalValue else { continue }
            return "\(place(point)) takes \(limits(of: point, amount)), found \(amount.text(raw))"
        }
        return nil
    }

    /// The map's range; where the firmware holds a narrower one, that and the map's.
    private func limits(of point: SpecifiedPoint, _ amount: RegisterAmount) -> String {
        let definition = point.definition
        let (lowest, highest) = (definition.lowestRaw, definition.highestRaw)
        if definition.encoding == .flags, definition.isBound { return "no such combination of bits as it stands" }
        let allowed = amount.text(from: lowest, to: highest)
        guard definition.isBound else { return allowed }
        let scale = definition.scale
        let values = AcceptedValues(
            from: lowest, to: highest, present: definition.saturatedRaw(fromSignal: device.signal(definition.signal))
        ) { device.verdict(onWriting: definition.signal, value: scale.signal(fromRaw: $0)) == .accepted }
        if values.runs == [lowest...highest] { return allowed }
        guard !values.runs.isEmpty, raw(of: point).map(values.contains) != true else {
            return "what its firmware accepts as it stands; the map allows \(allowed)"
        }
        return "\(amount.text(values)), in force on \(device.definition.path); the map allows \(allowed)"
    }

    /// The register to be read with function 23 that cannot be.
    private func readFault() -> String? {
        for address in written.readAddresses ?? 0..<0 {
            guard address <= 0xFFFF, let point = point(at: address) else {
                return "\(place(address)), to be read with it, is not there"
            }
            guard point.definition.access != .writeOnly else {
                return "\(place(point, address)), to be read with it, is write-only"
            }
        }
        return nil
    }

    /// What opens a protected setting, as far as the map tells.
    private func key(of point: SpecifiedPoint) -> String {
        for other in specification.points {
            if let bit = other.bits.first(where: { $0.name == "write-enable" })?.bit {
                if other.name == point.name { return ": only \(place(bit: bit)) can be changed" }
                return ": \(place(bit: bit)) of \(other.name) (\(address(other))) is clear"
            }
            if specification.signalName(of: other) == "write-key" {
                return ": \(other.name) (\(address(other))) does not hold the key"
            }
        }
        return ""
    }

    private func place(bit: Int) -> String { "bit \(bit), write-enable," }

    private func address(_ point: SpecifiedPoint) -> String {
        RegisterAmount.hexadecimal(Int(point.definition.address))
    }

    private func verdict(on point: SpecifiedPoint) -> SignalWriteVerdict {
        let definition = point.definition
        guard definition.isBound else { return .accepted }
        // Function 22 states no value: the present one is what it would write if it changed nothing.
        let value =
            raw(of: point).map { definition.scale.signal(fromRaw: $0) } ?? device.signal(definition.signal)
        return device.verdict(onWriting: definition.signal, value: value)
    }

    private func raw(of point: SpecifiedPoint) -> Int64? {
        guard written.word(at: Int(point.definition.address)) != nil, point.definition.encoding != .text else {
            return nil
        }
        return point.definition.raw(fromWords: word(of: point))
    }

    private func word(of point: SpecifiedPoint) -> (Int) -> UInt16 {
        { written.word(at: Int(point.definition.address) + $0) ?? 0 }
    }

    /// In the order of addresses.
    private var writtenPoints: [SpecifiedPoint] {
        specification.points.filter {
            $0.definition.table == written.table && written.addresses.contains(Int($0.definition.address))
        }
    }

    private func point(at address: Int) -> SpecifiedPoint? {
        specification.points.first {
            $0.definition.table == written.table && $0.definition.addresses.contains(address)
        }
    }

    private func place(_ address: Int) -> String {
        "\(written.table == .coils ? "coil" : "register") \(RegisterAmount.hexadecimal(address))"
    }

    private func place(_ point: SpecifiedPoint, _ address: Int? = nil) -> String {
        "\(place(address ?? Int(point.definition.address))) (\(point.name))"
    }
}

extension Range<Int> {
    fileprivate func contains(_ other: Range<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}
