internal import ModbusWire
internal import RackControl

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

    /// What a gateway says of a device that does not answer it is silence to the controller, and no answer of the device:
    /// exceptions 0Ah and 0Bh (application protocol V1.1b3, section 7).
    var fromDevice: BusReply {
        if case .exception(let code) = self,
            code == .gatewayPathUnavailable || code == .gatewayTargetFailedToRespond
        {
            return .timeout
        }
        return self
    }
}
