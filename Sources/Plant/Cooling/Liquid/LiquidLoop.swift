/// The coolant circuit of the rack: pumps, heat exchanger, reservoir, and one branch for each liquid-cooled tray.
///
/// It moves with the thermal part, in steps that are short against its masses. The flow is that at which the pumps' curve
/// meets the circuit's resistance at once: the inertia of the water, some tenths of a second, is left out. Branches share
/// the flow in the proportion of their design flows, since all see the same pressure. A rack without a loop has one
/// without branches, which costs nothing.
struct LiquidLoop: BitwiseCopyable {
    /// Duty of the pumps and position of the valve before anybody sets one. Arbitrary; a pump unit sets its own at once.
    static let initialDuty = 0.6
    static let initialValve = 0.6
    /// Share of the pumps' pressure that is left over the reservoir's level: below some tenth of it the inlet draws air.
    /// Typical.
    static let gripOverLevel = [
        CurvePoint(x: 0, y: 0), CurvePoint(x: 0.05, y: 0.3), CurvePoint(x: 0.1, y: 0.8), CurvePoint(x: 0.15, y: 1),
    ]
    /// Share of a branch's design flow that convection keeps up without any pump. Typical.
    static let naturalShare = 0.02
    /// Share of a leak that standing pressure keeps up without any pump. Typical: the static head of a rack, 20 kPa,
    /// against some 100 kPa in operation, under the square root.
    static let standingLeak = 0.4
    /// Share of the circuit's coolant on the way to the trays; the rest is on its way back. Arbitrary.
    static let supplyPart = 0.5

    let exists: Bool
    let hasBranchValves: Bool
    let branches: UnsafeMutablePointer<LoopBranch>
    let branchCount: Int
    let pumps: PumpBank
    let state: UnsafeMutablePointer<LoopState>
    private let exchanger: HeatExchanger
    /// kg/s of facility water through the open valve.
    let facilityDesignFlow: Double
    private let designPressure: Double
    private let commonShare: Double
    private let designFlow: Double
    private let reservoirCapacity: Double
    private let circuitMass: Double
    private let grip: PiecewiseLinear
    private let step: Double
    private let bank: TrayBank

    /// `step` is the time between two calls of `advance`, s.
    init(_ configuration: PlantConfiguration, step: Double, trays bank: TrayBank, in storage: Storage) {
        let loop = configuration.cooling.loop
        self.step = step
        self.bank = bank
        exists = loop != nil
        hasBranchValves = loop?.hasBranchValves ?? false
        branchCount = configuration.trays.count
        let flows = configuration.trays.map { $0.cooling == .liquid ? $0.thermal.coolantFlow : 0 }
        branches = storage.make(copying: flows.map { LoopBranch(designFlow: $0) })
        designFlow = flows.reduce(0, +)
        var capacity = 0.0
        for (index, tray) in configuration.trays.enumerated() {
            capacity += flows[index] * tray.thermal.coolantHeatCapacity
        }
        facilityDesignFlow = configuration.facilityDesignFlow
        pumps = PumpBank(loop?.pumps, duty: LiquidLoop.initialDuty, step: step, in: storage)
        exchanger = HeatExchanger(loop?.exchanger, capacity: capacity, step: step, in: storage)
        designPressure = loop?.designPressure ?? 1
        commonShare = loop?.commonShare ?? 0
        reservoirCapacity = loop?.reservoir.capacity ?? 0
        circuitMass = loop?.reservoir.circuitMass ?? 0
        grip = PiecewiseLinear(LiquidLoop.gripOverLevel, empty: 1, in: storage)
        let temperature = configuration.coolantTemperature
        state = storage.make(
            1,
            of: LoopState(
                supply: temperature, back: temperature,
                facility: loop?.exchanger.facilityTemperature ?? temperature,
                reserve: reservoirCapacity * (loop?.reservoir.level ?? 0)))
        if exists { settleFlow() }
    }

    /// 0...1.
    var level: Double { reservoirCapacity > 0 ? state.pointee.reserve / reservoirCapacity : 0 }

    /// Share of the tray's design flow, never quite 0.
    func share(tray: Int) -> Double {
        exists ? max(LiquidLoop.naturalShare, branches[tray].share) : 1
    }

    /// Pumps, flow and leaks of one step; before the trays take their heat up.
    func advance() {
        let arePowered = bank.busIsUp
        pumps.advance(arePowered: arePowered)
        settleFlow()
        state.pointee.power = pumps.power(arePowered: arePowered)
        if !state.pointee.valveIsStuck, arePowered {
            state.pointee.valve = exchanger.moved(state.pointee.valve, towards: state.pointee.valveTarget)
        }
        lose()
    }

    private func settleFlow() {
        if state.pointee.isOpenChanged { resist() }
        guard state.pointee.resistance < .infinity else {
            (state.pointee.flow, state.pointee.pressure) = (0, pumps.meet(resistance: 1e18, grip: gripNow).pressure)
            for tray in 0..<branchCount { branches[tray].share = 0 }
            return
        }
        let (flow, pressure) = pumps.meet(resistance: state.pointee.resistance, grip: gripNow)
        (state.pointee.flow, state.pointee.pressure) = (flow, pressure)
        var open = 0.0
        for tray in 0..<branchCount where branches[tray].isOpen { open += branches[tray].designFlow }
        for tray in 0..<branchCount { branches[tray].share = branches[tray].isOpen && open > 0 ? flow / open : 0 }
    }

    private var gripNow: Double { grip.value(at: level) }

    /// What the circuit takes: the common path, and behind it the open branches side by side.
    private func resist() {
        state.pointee.isOpenChanged = false
        var open = 0.0
        for tray in 0..<branchCount where branches[tray].isOpen { open += branches[tray].designFlow }
        guard open > 0, designFlow > 0 else {
            state.pointee.resistance = .infinity
            return
        }
        let common = designPressure * commonShare / (designFlow * designFlow)
        state.pointee.resistance = common + designPressure * (1 - commonShare) / (open * open)
    }

    /// What leaks, from the reservoir: through an orifice, with the root of the pressure.
    private func lose() {
        let drive = max(
            LiquidLoop.standingLeak, (state.pointee.pressure / designPressure).squareRoot())
        var lost = state.pointee.leak * drive * step
        lost = min(lost, state.pointee.reserve)
        state.pointee.spilled += lost
        state.pointee.reserve -= lost
        for tray in 0..<branchCount where branches[tray].leak > 0 && branches[tray].isOpen {
            let lost = min(branches[tray].leak * drive * step, state.pointee.reserve)
            branches[tray].spilled += lost
            state.pointee.reserve -= lost
        }
    }

    /// Takes what the trays gave back, a mean of `outlet` degC with `capacity` W/K, through the exchanger.
    func exchange(outlet: Double, capacity: Double) {
        let flow = state.pointee.flow
        let stirred = flow * step
        let mass = circuitMass + state.pointee.reserve
        // The reservoir sits before the pumps, in the way back.
        let (ahead, behind) = (
            max(1, circuitMass * LiquidLoop.supplyPart), max(1, mass - circuitMass * LiquidLoop.supplyPart)
        )
        state.pointee.back += (outlet - state.pointee.back) * min(1, stirred / behind)
        let cooled = exchanger.outlet(
            hot: state.pointee.back, capacity: capacity, designShare: designFlow > 0 ? flow / designFlow : 0,
            facility: state.pointee.facility, valve: state.pointee.valve)
        state.pointee.heat = capacity * (state.pointee.back - cooled)
        state.pointee.supply += (cooled - state.pointee.supply) * min(1, stirred / ahead)
    }

    /// kg put back into the reservoir, as far as they fit.
    func refill(_ mass: Double) {
        state.pointee.reserve = min(reservoirCapacity, state.pointee.reserve + mass)
    }

    func setBranch(tray: Int, isOpen: Bool) {
        guard branches[tray].isOpen != isOpen else { return }
        branches[tray].isOpen = isOpen
        state.pointee.isOpenChanged = true
    }
}
