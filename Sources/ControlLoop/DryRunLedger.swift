internal import RackControl
internal import RegisterMaps

/// What a dry run would have written last, so that the refreshes of a comms watchdog are told once and not every second.
struct DryRunLedger {
    private struct Entry: Hashable {
        var device: Int
        var address: UInt16
        var isCoil: Bool
    }

    private enum Value: Equatable {
        case words(RegisterWords)
        case coil(Bool)
    }

    /// The last value of each register: as many as there are writable points, which the first minute finds.
    private var values: [Entry: Value] = [:]

    init(devices: Int) { values.reserveCapacity(devices * 8) }

    /// Whether the request differs from the last one to the same register.
    mutating func isNew(_ request: BusRequest, device: Int) -> Bool {
        switch request {
        case .writeRegisters(let address, let words):
            return note(.words(words), Entry(device: device, address: address, isCoil: false))
        case .writeCoil(let address, let isOn):
            return note(.coil(isOn), Entry(device: device, address: address, isCoil: true))
        case .readRegisters, .readIdentification: return false
        }
    }

    private mutating func note(_ value: Value, _ entry: Entry) -> Bool {
        values.updateValue(value, forKey: entry) != value
    }
}

extension BusRequest {
    var isWrite: Bool {
        switch self {
        case .writeRegisters, .writeCoil: true
        case .readRegisters, .readIdentification: false
        }
    }
}

extension BusReply {
    /// No usable answer: the channel is not waited for until it gives one.
    var isFailure: Bool {
        switch self {
        case .timeout, .badFrame, .mismatch: true
        case .registers, .text, .written, .exception: false
        }
    }
}
