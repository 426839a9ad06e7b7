/// Power tethers: what devices sense of them and do to them, and what scenarios do. SI units.
extension RackPlant {
    /// K per W of loss by which a tether's own fans let the air warm up; its fans are those of a supply. Typical.
    static let tetherAirResistance = 0.08

    public var tetherCount: Int { chain.tetherCount }

    /// W to this rack's busbar, and W taken from the other rack's.
    public func tetherOutputPower(_ tether: Int) -> Double { checkedTether(tether).pointee.output }
    public func tetherSourcePower(_ tether: Int) -> Double { checkedTether(tether).pointee.input }
    /// A at the output.
    public func tetherOutputCurrent(_ tether: Int) -> Double {
        checkedTether(tether).pointee.share * chain.bus.pointee.current
    }
    /// V before the ORing device: 0 behind a converter that is off; a working one is at the bus.
    public func tetherOutputVoltage(_ tether: Int) -> Double {
        checkedTether(tether).pointee.isWorking ? chain.bus.pointee.voltage : 0
    }
    /// V and A at the converter's input terminals.
    public func tetherInputVoltage(_ tether: Int) -> Double { checkedTether(tether).pointee.inputVoltage }
    public func tetherInputCurrent(_ tether: Int) -> Double { checkedTether(tether).pointee.inputCurrent }
    /// V at the far end of the cable, as the sense pair brings it over; `nil` when the plug is out.
    public func tetherRemoteVoltage(_ tether: Int) -> Double? {
        let state = checkedTether(tether)
        guard state.pointee.isPlugged else { return nil }
        return state.pointee.sourceIsLive ? state.pointee.sourceVoltage : 0
    }
    /// degC of the hotter plug, and of the air that enters and leaves the converter.
    public func tetherContactTemperature(_ tether: Int) -> Double {
        heat.medium[0] + checkedTether(tether).pointee.contactRise
    }
    public func tetherAirTemperature(_ tether: Int) -> (inlet: Double, outlet: Double) {
        let inlet = heat.medium[0]
        return (inlet, inlet + checkedTether(tether).pointee.smoothedLoss * RackPlant.tetherAirResistance)
    }
    /// rpm of its own fans, which follow its load.
    public func tetherFanSpeed(_ tether: Int) -> Double {
        let state = checkedTether(tether)
        guard state.pointee.isWorking else { return 0 }
        let load = min(1, max(0, state.pointee.output / state.pointee.ratedPower))
        return RackPlant.supplyFanMaximum * (RackPlant.supplyFanMinimum + (1 - RackPlant.supplyFanMinimum) * load)
    }
    /// Ohm of all contacts together.
    public func tetherContactResistance(_ tether: Int) -> Double { checkedTether(tether).pointee.contactResistance }
    /// Whether it feeds the busbar.
    public func tetherIsOn(_ tether: Int) -> Bool { checkedTether(tether).pointee.isWorking }
    public func tetherHasFailed(_ tether: Int) -> Bool { checkedTether(tether).pointee.isFailed }
    /// W of all tethers to the busbar, and the rated power of those that work.
    public var tetherPower: Double {
        var sum = 0.0
        for tether in 0..<chain.tetherCount { sum += chain.tethers[tether].output }
        return sum
    }
    public var tetherCapacity: Double {
        var sum = 0.0
        for tether in 0..<chain.tetherCount where chain.tethers[tether].isWorking {
            sum += chain.tethers[tether].ratedPower
        }
        return sum
    }

    /// Closes or opens the input relay, and switches the converter. Switched off, it may start again after it starved.
    public func setTether(_ tether: Int, relayIsClosed: Bool, outputIsEnabled: Bool) {
        _ = checkedTether(tether)
        chain.changeTether(tether) { state in
            state.isRelayClosed = relayIsClosed
            state.isEnabled = outputIsEnabled
            if !outputIsEnabled { state.isStarved = false }
        }
    }

    /// The other rack's busbar dies, or is back.
    public func setTetherSource(_ tether: Int, isLive: Bool) {
        _ = checkedTether(tether)
        chain.changeTether(tether) { $0.sourceIsLive = isLive }
    }
    /// The plug is drawn, or put in.
    public func setTetherPlug(_ tether: Int, isIn: Bool) {
        _ = checkedTether(tether)
        chain.changeTether(tether) { $0.isPlugged = isIn }
    }
    /// The converter dies and stays dead, or is replaced.
    public func setTether(_ tether: Int, hasFailed: Bool) {
        _ = checkedTether(tether)
        chain.changeTether(tether) { $0.isFailed = hasFailed }
    }
    /// Wears the contacts to a resistance, Ohm; `nil` makes them as new.
    public func setTetherContact(_ tether: Int, resistance: Double?) {
        let state = checkedTether(tether)
        state.pointee.contactResistance = resistance ?? state.pointee.newContactResistance
    }

    private func checkedTether(_ tether: Int) -> UnsafeMutablePointer<TetherState> {
        precondition(tether >= 0 && tether < chain.tetherCount, "there is no tether \(tether)")
        return chain.tethers + tether
    }
}
