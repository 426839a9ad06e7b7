import Units

/// Temperatures: from each accelerator's die to its sink (or cold plate) and into the air or liquid that flows along
/// the tray, by explicit Euler steps that are short against every time constant.
struct ThermalBank: BitwiseCopyable {
    /// Heat capacity of air, J/(m^3 K): 1.2 kg/m^3 (dry, 20 degC, 1013 hPa) times 1005 J/(kg K).
    static let airHeatCapacity = 1206.0
    /// Sink resistance over the share of the full flow, relative to full flow. Turbulent convection goes with the flow
    /// to the 0.8 (Dittus-Boelter), tabulated as flow^-0.8; the last stretch to still air is typical. Cold plates are
    /// taken alike: many run laminar, where less is lost with the flow.
    static let resistanceOverFlow = [
        CurvePoint(x: 0.02, y: 12), CurvePoint(x: 0.05, y: 9), CurvePoint(x: 0.1, y: 6.31),
        CurvePoint(x: 0.15, y: 4.56), CurvePoint(x: 0.2, y: 3.62), CurvePoint(x: 0.3, y: 2.62),
        CurvePoint(x: 0.4, y: 2.08), CurvePoint(x: 0.5, y: 1.741), CurvePoint(x: 0.6, y: 1.505),
        CurvePoint(x: 0.8, y: 1.195), CurvePoint(x: 1, y: 1),
    ]
    /// K by which the air of a tray without fans of its own warms up at full power: the rack's fans are sized so.
    /// Typical design rise of an air-cooled rack, 10...20 K.
    static let assumedRise = 15.0
    /// K that a host's hottest processor is above the inlet at full host power, and s with which it gets there.
    /// Typical of air-cooled server processors.
    static let hostRise = 45.0
    static let hostTime = 30.0
    /// Greatest share of a time constant that one Euler step may span: errors stay far below a kelvin.
    static let stepShare = 0.25

    let trayCount: Int
    let acceleratorCount: Int
    let trays: UnsafeMutablePointer<ThermalState>
    /// Per accelerator: degC of die and sink; K/W of its own die path and factor of its sink path; where along the
    /// flow it sits, as a share of the accelerators' total heat that the medium has taken up when it passes.
    let die: UnsafeMutablePointer<Double>
    let sink: UnsafeMutablePointer<Double>
    let dieResistance: UnsafeMutablePointer<Double>
    let sinkFactor: UnsafeMutablePointer<Double>
    let position: UnsafeMutablePointer<Double>
    /// Per accelerator: the share of its dynamic power that its own thermal control allows; negative = shut down.
    let level: UnsafeMutablePointer<Double>
    /// degC of the rack's inlet air, and of the liquid.
    let medium: UnsafeMutablePointer<Double>
    let bank: TrayBank
    let fans: FanBank
    let loop: LiquidLoop
    let log: EventLog
    let step: Double
    let substeps: Int
    private let resistanceCurve: PiecewiseLinear
    private let hostFactor: Double

    /// `step` is the time between two calls of `advance`, s.
    init(
        _ configuration: PlantConfiguration, step: Double, seed: UInt64, trays bank: TrayBank, fans: FanBank,
        loop: LiquidLoop, log: EventLog, in storage: Storage
    ) {
        self.bank = bank
        self.fans = fans
        self.loop = loop
        self.log = log
        self.step = step
        trayCount = configuration.trays.count
        acceleratorCount = configuration.trays.reduce(0) { $0 + $1.acceleratorCount }
        medium = storage.make(copying: [configuration.inletTemperature, configuration.coolantTemperature])
        die = storage.make(acceleratorCount, of: 0.0)
        sink = storage.make(acceleratorCount, of: 0.0)
        dieResistance = storage.make(acceleratorCount, of: 0.0)
        sinkFactor = storage.make(acceleratorCount, of: 1.0)
        position = storage.make(acceleratorCount, of: 0.5)
        level = storage.make(acceleratorCount, of: 1.0)
        resistanceCurve = PiecewiseLinear(ThermalBank.resistanceOverFlow, empty: 1, in: storage)
        hostFactor = FirstOrderLag.factor(step: step, constant: ThermalBank.hostTime)
        var states: [ThermalState] = []
        var fastest = 0.0
        var first = 0
        for (index, tray) in configuration.trays.enumerated() {
            states.append(
                ThermalState(
                    tray, first: first, firstElement: bank.trays[index].first, fullFlow: fans.fullFlow(tray: index),
                    inlet: tray.cooling == .liquid ? medium[1] : medium[0]))
            var stream = SeededStream(seed: seed, name: "plant/thermal-spread", index: UInt64(index))
            for accelerator in 0..<tray.acceleratorCount {
                let skew = 1 + tray.thermal.spread * stream.uniform(from: -1, to: 1)
                dieResistance[first + accelerator] = tray.thermal.dieResistance * skew
                sinkFactor[first + accelerator] = skew
                position[first + accelerator] = ThermalBank.position(of: accelerator, among: tray.acceleratorCount)
            }
            first += tray.acceleratorCount
            fastest = max(fastest, tray.acceleratorCount > 0 ? tray.thermal.fastestRate : 0)
        }
        trays = storage.make(copying: states)
        substeps = min(1000, max(1, 1 + Int(step * fastest / ThermalBank.stepShare)))
        for tray in 0..<trayCount { settle(tray) }
    }

    /// Accelerators stand in two rows across the flow: the first meets fresh medium, the second what the first has
    /// warmed. A row sees on average half of its own warming.
    private static func position(of accelerator: Int, among count: Int) -> Double {
        if count < 2 { return 0.5 }
        return accelerator < (count + 1) / 2 ? 0.25 : 0.75
    }

    func advance() {
        if loop.exists { loop.advance() }
        for tray in 0..<trayCount {
            advance(tray)
            regulate(tray)
        }
        if loop.exists { cool() }
    }

    /// Takes the coolant that all trays give back through the heat exchanger.
    private func cool() {
        var (capacity, heat) = (0.0, 0.0)
        for index in 0..<trayCount where trays[index].isLiquid {
            let own = trays[index].fullCapacity * loop.branches[index].share
            capacity += own
            heat += own * trays[index].outletTemperature
        }
        loop.exchange(outlet: capacity > 0 ? heat / capacity : loop.state.pointee.back, capacity: capacity)
        medium[1] = loop.state.pointee.supply
        bank.pumpPower[0] = loop.state.pointee.power
    }

    /// Share of the full flow of what cools the tray.
    private func flow(_ index: Int) -> Double {
        if trays[index].isLiquid { return loop.share(tray: index) }
        return trays[index].hasFans ? fans.flow(tray: index) : 1
    }

    private func advance(_ index: Int) {
        let tray = trays + index
        let flow = flow(index)
        let capacity = tray.pointee.fullCapacity * flow
        let curve = resistanceCurve.value(at: flow)
        let inlet = tray.pointee.isLiquid ? medium[1] : medium[0]
        let interval = step / Double(substeps)
        let taken = heatTaken(by: tray, inlet: inlet, capacity: capacity, curve: curve)
        var hottest = -273.15
        var heat = 0.0
        for accelerator in 0..<tray.pointee.count {
            let slot = tray.pointee.first + accelerator
            let power = bank.power[tray.pointee.firstElement + accelerator]
            let around = inlet + taken * position[slot] / capacity
            let dieConductance = 1 / dieResistance[slot]
            let sinkConductance = 1 / (tray.pointee.sinkResistance * sinkFactor[slot] * curve)
            let dieRate = interval / tray.pointee.dieCapacity
            let sinkRate = interval / tray.pointee.sinkCapacity
            var (hot, cool) = (die[slot], sink[slot])
            for _ in 0..<substeps {
                let through = (hot - cool) * dieConductance
                let out = (cool - around) * sinkConductance
                hot += (power - through) * dieRate
                cool += (through - out) * sinkRate
            }
            (die[slot], sink[slot]) = (hot, cool)
            hottest = max(hottest, hot)
            heat += (cool - around) * sinkConductance
        }
        finish(index, inlet: inlet, heat: heat, capacity: capacity, hottest: hottest)
    }

    /// The heat that the medium takes up from all sinks of a tray, W, when it is warmed by that same heat on its way.
    ///
    /// Solved, not iterated: with little flow the medium's warming feeds back by more than it was, and the last step's
    /// heat would swing without bound.
    private func heatTaken(
        by tray: UnsafeMutablePointer<ThermalState>, inlet: Double, capacity: Double, curve: Double
    ) -> Double {
        var (driven, feedback) = (0.0, 0.0)
        for accelerator in 0..<tray.pointee.count {
            let slot = tray.pointee.first + accelerator
            let conductance = 1 / (tray.pointee.sinkResistance * sinkFactor[slot] * curve)
            driven += (sink[slot] - inlet) * conductance
            feedback += position[slot] * conductance / capacity
        }
        return driven / (1 + feedback)
    }

    private func finish(_ index: Int, inlet: Double, heat: Double, capacity: Double, hottest: Double) {
        let tray = trays + index
        let host = bank.power[tray.pointee.firstElement + tray.pointee.count]
        let others = tray.pointee.isLiquid ? 0 : host + bank.fanPower[index]
        tray.pointee.inletTemperature = inlet
        tray.pointee.outletTemperature = inlet + (heat + others) / capacity
        let steady = inlet + host * tray.pointee.hostResistance
        tray.pointee.hostTemperature += (steady - tray.pointee.hostTemperature) * hostFactor
        tray.pointee.hottest = tray.pointee.count > 0 ? hottest : tray.pointee.hostTemperature
    }

    /// Starts a tray at the balance of its present power.
    private func settle(_ index: Int) {
        let tray = trays + index
        let flow = flow(index)
        let capacity = tray.pointee.fullCapacity * flow
        let curve = resistanceCurve.value(at: flow)
        var heat = 0.0
        for accelerator in 0..<tray.pointee.count { heat += bank.power[tray.pointee.firstElement + accelerator] }
        var hottest = -273.15
        for accelerator in 0..<tray.pointee.count {
            let slot = tray.pointee.first + accelerator
            let power = bank.power[tray.pointee.firstElement + accelerator]
            let around = tray.pointee.inletTemperature + heat * position[slot] / capacity
            sink[slot] = around + power * tray.pointee.sinkResistance * sinkFactor[slot] * curve
            die[slot] = sink[slot] + power * dieResistance[slot]
            hottest = max(hottest, die[slot])
        }
        let host = bank.power[tray.pointee.firstElement + tray.pointee.count]
        tray.pointee.hostTemperature = tray.pointee.inletTemperature + host * tray.pointee.hostResistance
        finish(index, inlet: tray.pointee.inletTemperature, heat: heat, capacity: capacity, hottest: hottest)
    }
}

extension ThermalState {
    init(_ tray: TrayConfiguration, first: Int, firstElement: Int, fullFlow: Double, inlet: Double) {
        let model = tray.accelerator
        let fullPower = tray.hostMaximumPower + Double(tray.acceleratorCount) * model.ratedPower
        self.first = first
        self.firstElement = firstElement
        count = tray.acceleratorCount
        isLiquid = tray.cooling == .liquid
        sinkResistance = tray.thermal.sinkResistance
        dieCapacity = tray.thermal.dieCapacity
        sinkCapacity = tray.thermal.sinkCapacity
        hasFans = !isLiquid && fullFlow > 0
        let ownCapacity =
            isLiquid
            ? tray.thermal.coolantFlow * tray.thermal.coolantHeatCapacity : fullFlow * ThermalBank.airHeatCapacity
        fullCapacity = ownCapacity > 0 ? ownCapacity : max(1, fullPower) / ThermalBank.assumedRise
        throttleTemperature = model.throttleTemperature
        shutdownTemperature = model.shutdownTemperature
        hostResistance = ThermalBank.hostRise / max(1, tray.hostMaximumPower)
        inletTemperature = inlet
        outletTemperature = inlet
        hostTemperature = inlet
        hottest = inlet
    }
}

extension ThermalConfiguration {
    /// The fastest rate of the path, 1/s.
    var fastestRate: Double {
        max(1 / (dieResistance * dieCapacity), (1 / dieResistance + 1 / sinkResistance) / sinkCapacity)
    }
}
