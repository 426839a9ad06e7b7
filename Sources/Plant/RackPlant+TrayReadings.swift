/// What sensors in trays would find if they were perfect. SI units.
extension RackPlant {
    public var trayCount: Int { bank.count }

    public func acceleratorCount(_ tray: Int) -> Int { checked(tray).pointee.acceleratorCount }

    /// W drawn from the busbar.
    public func trayPower(_ tray: Int) -> Double {
        _ = checked(tray)
        return bank.trayPower[tray]
    }

    /// A drawn from the busbar.
    public func trayCurrent(_ tray: Int) -> Double {
        let voltage = busVoltage
        return voltage > 1 ? trayPower(tray) / voltage : 0
    }

    /// W.
    public func trayHostPower(_ tray: Int) -> Double {
        let state = checked(tray)
        return bank.power[state.pointee.first + state.pointee.acceleratorCount]
    }

    /// W of all fans of the tray.
    public func trayFanPower(_ tray: Int) -> Double {
        _ = checked(tray)
        return bank.fanPower[tray]
    }

    /// Whether the tray has supply: it is switched on and the bus is live.
    public func trayIsPowered(_ tray: Int) -> Bool {
        _ = checked(tray)
        return bank.isPowered(tray)
    }

    /// Whether its host is up.
    public func trayIsRunning(_ tray: Int) -> Bool {
        _ = checked(tray)
        return bank.isRunning(tray)
    }

    /// What the workload asks of each accelerator, 0...1, and the throughput that power and heat leave of it, 0...1.
    public func trayLoad(_ tray: Int) -> Double { checked(tray).pointee.load }
    public func trayThroughput(_ tray: Int) -> Double { checked(tray).pointee.throughput }

    /// W per accelerator now in force, as it was accepted.
    public func acceleratorLimit(_ tray: Int) -> Double { checked(tray).pointee.limit }
    public func brakeIsEngaged(_ tray: Int) -> Bool { checked(tray).pointee.isBraked }

    /// W.
    public func acceleratorPower(_ tray: Int, _ accelerator: Int) -> Double {
        let state = checked(tray, accelerator: accelerator)
        return bank.power[state.pointee.first + accelerator]
    }

    /// degC of the die.
    public func acceleratorTemperature(_ tray: Int, _ accelerator: Int) -> Double {
        _ = checked(tray, accelerator: accelerator)
        return heat.die[heat.trays[tray].first + accelerator]
    }

    /// degC of the hottest die; of the host in a tray without accelerators.
    public func hottestAccelerator(_ tray: Int) -> Double {
        _ = checked(tray)
        return heat.trays[tray].hottest
    }

    /// degC of the air or liquid that enters and leaves the tray, and of the host's hottest processor.
    public func trayInletTemperature(_ tray: Int) -> Double {
        _ = checked(tray)
        return heat.trays[tray].inletTemperature
    }

    public func trayOutletTemperature(_ tray: Int) -> Double {
        _ = checked(tray)
        return heat.trays[tray].outletTemperature
    }

    public func trayHostTemperature(_ tray: Int) -> Double {
        _ = checked(tray)
        return heat.trays[tray].hostTemperature
    }

    public func fanCount(_ tray: Int) -> Int {
        _ = checked(tray)
        return fans.count(group: tray)
    }

    /// rpm.
    public func fanSpeed(_ tray: Int, _ fan: Int) -> Double {
        _ = checked(tray)
        return fans.speed(group: tray, fan: fan)
    }

    /// 0...1, as last set.
    public func fanDuty(_ tray: Int) -> Double {
        _ = checked(tray)
        return fans.duty(group: tray)
    }

    /// Accelerator-seconds of uncapped throughput that the tray delivered, and that it would have delivered in the
    /// same time without caps, heat and outages.
    public func workDone(tray: Int) -> Double { checked(tray).pointee.workDone }
    public func workWanted(tray: Int) -> Double { checked(tray).pointee.workWanted }

    /// The same of the whole rack.
    public var workDone: Double {
        var sum = 0.0
        for tray in 0..<bank.count { sum += bank.trays[tray].workDone }
        return sum
    }

    public var workWanted: Double {
        var sum = 0.0
        for tray in 0..<bank.count { sum += bank.trays[tray].workWanted }
        return sum
    }

    /// Steps that the training jobs have finished.
    public var trainingSteps: Int { workloads.trainingSteps }
    public var communicationStalls: Int { workloads.communicationStalls }
    public var inference: InferenceTotals { workloads.inferenceTotals() }

    private func checked(_ tray: Int, accelerator: Int) -> UnsafeMutablePointer<TrayState> {
        let state = checked(tray)
        precondition(
            accelerator >= 0 && accelerator < state.pointee.acceleratorCount,
            "tray \(tray) has no accelerator \(accelerator)")
        return state
    }
}
