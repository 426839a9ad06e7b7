/// The backup units beside the shelves. None of this is reached in a rack without them.
///
/// A unit in power mode is a part of the load with its sign turned: the supplies see what is left. A unit that holds has
/// a load line of its own below the supplies' one, so that it carries nothing while they keep the busbar up, and all that
/// they cannot when they are at their limit, or gone.
extension PowerChain {
    /// The load lines of all units that hold, together.
    struct HoldLine: BitwiseCopyable {
        var sourceVoltage = 0.0
        var conductance = 0.0
        var limitCurrent = 0.0
    }

    /// One step in which the trays draw `load` watts.
    func settleBackups(_ load: Double) {
        var line = HoldLine()
        let commanded = takeCommands(load, &line)
        let net = load - commanded
        var held = 0.0
        if line.conductance > 0 { held = hold(net, line) } else { regulate(net) }
        var lost = 0.0
        for index in 0..<backupCount {
            let unit = backups + index
            let couldDischarge = unit.pointee.canDischarge
            if unit.pointee.command == .hold, couldDischarge {
                unit.pointee.power = bus.pointee.voltage * held * unit.pointee.conductance / line.conductance
            }
            lost += unit.pointee.exchange(unit.pointee.power, step: step)
            if couldDischarge, !unit.pointee.canDischarge, !unit.pointee.isFailed {
                log.append(.backupExhausted(unit: index))
            }
        }
        bus.pointee.energyLost += lost
    }

    /// Lets the supplies carry what they can of `net`; returns the A that the units which hold must add.
    private func hold(_ net: Double, _ line: HoldLine) -> Double {
        let bus = bus
        let source = bus.pointee.sourceVoltage
        let discriminant = source * source - 4 * bus.pointee.resistance * net
        let supplied = bus.pointee.workingCount > 0 ? bus.pointee.limitCurrent : 0
        if bus.pointee.workingCount > 0, discriminant > 0 {
            let own = 0.5 * (source + discriminant.squareRoot())
            if net <= own * supplied {
                regulate(net)
                return 0
            }
        }
        let resistance = 1 / line.conductance
        let raised = line.sourceVoltage + supplied * resistance
        let reach = raised * raised - 4 * resistance * net
        if reach > 0 {
            let voltage = 0.5 * (raised + reach.squareRoot())
            let current = net / voltage - supplied
            if current <= line.limitCurrent {
                bus.pointee.voltage = voltage
                bus.pointee.current = supplied
                bus.pointee.isSagging = false
                followLiveness()
                return max(0, current)
            }
        }
        regulate(net, besides: line.limitCurrent)
        return line.limitCurrent
    }

    /// Sums up what units in power mode give, and the lines of those that hold.
    private func takeCommands(_ load: Double, _ line: inout HoldLine) -> Double {
        var (given, taken) = (0.0, 0.0)
        var weighted = 0.0
        for index in 0..<backupCount {
            let unit = backups + index
            unit.pointee.power = 0
            switch unit.pointee.command {
            case .off: break
            case .power(let wanted):
                let power = unit.pointee.possible(wanted, busVoltage: bus.pointee.voltage)
                unit.pointee.power = power
                if power > 0 { given += power } else { taken += power }
            case .hold where unit.pointee.canDischarge:
                line.conductance += unit.pointee.conductance
                weighted += unit.pointee.conductance * unit.pointee.holdVoltage
                line.limitCurrent += unit.pointee.limitCurrent
            case .hold: break
            }
        }
        if line.conductance > 0 { line.sourceVoltage = weighted / line.conductance }
        // Nothing flows back into a supply: what nobody draws is not given.
        if given + taken > load {
            let part = max(0, load - taken) / given
            for index in 0..<backupCount where backups[index].power > 0 { backups[index].power *= part }
            given *= part
        }
        return given + taken
    }

    /// Lets the stores' temperatures follow their losses; called every `interval` seconds.
    func smoothBackupLosses(over interval: Double) {
        guard backupCount > 0 else { return }
        let factor = FirstOrderLag.factor(step: interval, constant: BackupState.lossTime)
        for index in 0..<backupCount {
            let unit = backups + index
            unit.pointee.smoothedLoss += (unit.pointee.loss - unit.pointee.smoothedLoss) * factor
        }
    }
}
