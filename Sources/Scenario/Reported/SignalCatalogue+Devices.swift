internal import DeviceSpecs
internal import RegisterMaps

/// Signals that a device tells of itself: which, its class says.
extension SignalCatalogueBuilder {
    mutating func addReadings(of rack: RackDefinition) {
        for (index, device) in rack.devices.enumerated() where device.attachment != .standalone {
            guard let deviceClass = device.specification.deviceClass else { continue }
            let recorded = deviceClass.recorded.filter { $0.isRecorded(at: device.attachment) }
            if recorded.isEmpty { continue }
            add(device.path, index, .answers, ".answers", "")
            for signal in recorded where !signal.isOfMember { add(device.path, index, signal, member: 0) }
            for member in 0..<deviceClass.standing.members(rack, device.attachment) {
                for signal in recorded where signal.isOfMember {
                    add(device.path, index, signal, member: UInt8(member))
                }
            }
        }
    }

    private mutating func add(_ path: String, _ device: Int, _ recorded: RecordedSignal, member: UInt8) {
        let signal = SignalIdentifier(rawValue: recorded.signal.rawValue + UInt16(member))
        let kind: DeviceReading.Kind =
            switch recorded.form {
            case .amount(let perUnit): .amount(signal, perUnit: perUnit)
            case .equals(let value): .equals(signal, value)
            case .bit(let bit): .bit(signal, bit)
            case .ownBit: .bit(recorded.signal, member)
            case .bitCount: .bitCount(recorded.signal)
            }
        let number = String(member + 1)
        add(path, device, kind, recorded.suffix.split(separator: "{n}").joined(separator: number), recorded.unit)
    }

    private mutating func add(
        _ path: String, _ device: Int, _ kind: DeviceReading.Kind, _ suffix: String, _ unit: String
    ) {
        add(path + suffix, unit, .reading(DeviceReading(device: device, kind: kind)))
    }
}

extension RecordedSignal {
    fileprivate func isRecorded(at attachment: DeviceDefinition.Attachment) -> Bool {
        switch place {
        case .anywhere: true
        case .rack: if case .rack = attachment { true } else { false }
        case .shelf: if case .shelf = attachment { true } else { false }
        case .backupShelf: if case .backupShelf = attachment { true } else { false }
        }
    }
}
