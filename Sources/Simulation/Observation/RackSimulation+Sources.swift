internal import Plant
internal import Scenario

/// What feeds the busbar, as observers count and record it.
extension RackSimulation {
    /// Supplies that work, by shelf; behind them, in a rack with tethers, the tethers that do.
    var workingSources: [Int] {
        var counts = scenario.rack.plant.shelves.indices.map { plant.workingSupplies(shelf: $0) }
        if plant.tetherCount > 0 { counts.append((0..<plant.tetherCount).count { plant.tetherIsOn($0) }) }
        return counts
    }

    func tetherValue(_ signal: TetherSignal, of tether: Int) -> Double {
        switch signal {
        case .power: plant.tetherOutputPower(tether)
        case .sourcePower: plant.tetherSourcePower(tether)
        case .current: plant.tetherInputCurrent(tether)
        case .inputVoltage: plant.tetherInputVoltage(tether)
        case .contact: plant.tetherContactTemperature(tether)
        case .isOn: plant.tetherIsOn(tether) ? 1 : 0
        }
    }
}
