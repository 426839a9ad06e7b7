internal import ModbusMaster
internal import ModbusWire
internal import RackControl
public import Units

extension ControlPlan {
    /// For how long a controller that takes another's place puts nothing on any line, from the other one's end: until the last
    /// request of that one and its answer are over. An answer counts until its time-out, and the longest request and answer
    /// take their time on the slowest line.
    public var silenceAtTakeOver: Interval {
        let slowest = channels.compactMap { channel -> Int? in
            if case .rtu(_, let baud, _, _, _) = channel.endpoint { baud } else { nil }
        }.min()
        guard let slowest, slowest > 0 else { return configuration.timeout }
        // Eleven bits a character (serial line guide V1.02, 2.5.1).
        let bits = 2 * 11 * Int64(ProtocolLimits.rtuLength)
        return configuration.timeout + .milliseconds((bits * 1000 + Int64(slowest) - 1) / Int64(slowest))
    }
}
