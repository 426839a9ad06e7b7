/// The fans of every tray and of the rack's fan wall: speed follows duty with a lag, flow goes with speed, power with its
/// cube plus a constant.
///
/// Fans come in groups that are driven alike: one for each tray, of the same number, and one more for the wall. A tray
/// without fans of its own breathes through the wall, where there is one and air cools the tray.
struct FanBank: BitwiseCopyable {
    private struct FanGroup: BitwiseCopyable {
        let first: Int
        let count: Int
        let maximumSpeed: Double
        let idlePower: Double
        let cubicPower: Double
        let factor: Double
        /// m^3/s of the whole group at full speed of all fans.
        let fullFlow: Double
        var duty = FanBank.initialDuty
        var stalled = 0
        /// Share of the full flow.
        var flow = FanBank.initialDuty
    }

    /// Duty before anybody sets one. Arbitrary; a fan controller sets its own at once.
    static let initialDuty = 0.5
    /// Share of the free-air flow that remains against the impedance of a tray. Typical: the working point of a
    /// server fan lies near 60 % of its free-air flow.
    static let workingPoint = 0.6
    /// How much of one fan's flow escapes backwards through a fan that stands still. Typical for fan walls without
    /// back-flow dampers.
    static let backflow = 0.5
    /// Share of the wall's flow that still comes through the trays while the rear door, on which the wall hangs, stands
    /// open. Typical: the rest is drawn from the room.
    static let openDoorShare = 0.4
    /// Share of the full flow that convection keeps up without any fan. Typical.
    static let naturalFlow = 0.02

    private let groupCount: Int
    private let groups: UnsafeMutablePointer<FanGroup>
    /// The group that moves each tray's air.
    private let groupOfTray: UnsafeMutablePointer<Int>
    /// The wall's group, or -1.
    let wall: Int
    let doorIsOpen: UnsafeMutablePointer<Bool>
    /// Trays that breathe through the wall.
    private let breathing: Int
    private let fanCount: Int
    /// Per fan: share of the maximum speed, target, share of the way per step, whether it is stuck.
    private let speed: UnsafeMutablePointer<Double>
    private let target: UnsafeMutablePointer<Double>
    private let factor: UnsafeMutablePointer<Double>
    private let isStalled: UnsafeMutablePointer<Bool>
    private let bank: TrayBank

    /// `step` is the time between two calls of `advance`, s.
    init(_ configuration: PlantConfiguration, step: Double, trays bank: TrayBank, in storage: Storage) {
        self.bank = bank
        let trays = configuration.trays
        let wallFans = configuration.cooling.fanWall
        wall = wallFans == nil ? -1 : trays.count
        let wall = wall
        let owners = trays.indices.map { tray in
            wall >= 0 && trays[tray].cooling == .air && (trays[tray].fans?.count ?? 0) == 0 ? wall : tray
        }
        groupOfTray = storage.make(copying: owners)
        breathing = owners.count { $0 == wall }
        doorIsOpen = storage.make(1, of: false)
        groupCount = trays.count + (wallFans == nil ? 0 : 1)
        var states: [FanGroup] = []
        var factors: [Double] = []
        for fans in trays.map(\.fans) + (wallFans == nil ? [] : [wallFans]) {
            let lag = FirstOrderLag.factor(step: step, constant: fans?.lag ?? 1)
            let count = fans?.count ?? 0
            states.append(
                FanGroup(
                    first: factors.count, count: count, maximumSpeed: fans?.maximumSpeed ?? 0,
                    idlePower: fans?.idlePower ?? 0, cubicPower: fans?.cubicPower ?? 0, factor: lag,
                    fullFlow: FanBank.workingPoint * Double(count) * (fans?.maximumFlow ?? 0)))
            for _ in 0..<count { factors.append(lag) }
        }
        fanCount = factors.count
        groups = storage.make(copying: states)
        speed = storage.make(fanCount, of: FanBank.initialDuty)
        target = storage.make(fanCount, of: FanBank.initialDuty)
        factor = storage.make(copying: factors)
        isStalled = storage.make(fanCount, of: false)
        for group in 0..<groupCount { settle(group) }
    }

    func advance() {
        for fan in 0..<fanCount { speed[fan] += (target[fan] - speed[fan]) * factor[fan] }
        for group in 0..<groupCount { settle(group) }
    }

    private func isPowered(_ group: Int) -> Bool { group == wall ? bank.busIsUp : bank.isPowered(group) }

    /// Power and flow of a group from the speeds of its fans.
    private func settle(_ index: Int) {
        let group = groups + index
        let count = group.pointee.count
        guard count > 0 else { return }
        var speeds = 0.0
        var cubes = 0.0
        for fan in group.pointee.first..<group.pointee.first + count {
            let speed = speed[fan]
            speeds += speed
            cubes += speed * speed * speed
        }
        let power = Double(count) * group.pointee.idlePower + cubes * group.pointee.cubicPower
        let place = index == wall ? bank.wallPower : bank.fanPower + index
        place.pointee = isPowered(index) ? power : 0
        let running = count - group.pointee.stalled
        let lost =
            running > 0 ? FanBank.backflow * Double(group.pointee.stalled) * speeds / Double(running) : 0
        let flow = (speeds - lost) / Double(count)
        let share = index == wall && doorIsOpen[0] ? FanBank.openDoorShare : 1
        group.pointee.flow = max(FanBank.naturalFlow, flow * share)
    }

    func setDuty(_ duty: Double, group: Int) {
        groups[group].duty = min(1, max(0, duty))
        retarget(group)
    }

    func setStalled(_ stalled: Bool, group: Int, fan: Int) {
        let index = checked(group, fan)
        guard isStalled[index] != stalled else { return }
        isStalled[index] = stalled
        groups[group].stalled += stalled ? 1 : -1
        // A blocked rotor stops at once.
        if stalled { speed[index] = 0 }
        retarget(group)
        settle(group)
    }

    /// Fans without supply run down.
    func retarget(_ group: Int) {
        let duty = isPowered(group) ? groups[group].duty : 0
        for fan in groups[group].first..<groups[group].first + groups[group].count {
            target[fan] = isStalled[fan] ? 0 : duty
        }
    }

    func retargetAll() {
        for group in 0..<groupCount { retarget(group) }
    }

    func breathesThroughWall(tray: Int) -> Bool { groupOfTray[tray] == wall }
    func count(group: Int) -> Int { groups[group].count }
    func duty(group: Int) -> Double { groups[group].duty }
    /// Share of the flow through the tray at full speed of all fans, never quite 0.
    func flow(tray: Int) -> Double { groups[groupOfTray[tray]].flow }
    /// m^3/s through the tray at full speed of all fans; a wall's flow is shared evenly.
    func fullFlow(tray: Int) -> Double {
        let flow = groups[groupOfTray[tray]].fullFlow
        return groupOfTray[tray] == wall ? flow / Double(breathing) : flow
    }

    /// rpm.
    func speed(group: Int, fan: Int) -> Double { speed[checked(group, fan)] * groups[group].maximumSpeed }

    private func checked(_ group: Int, _ fan: Int) -> Int {
        precondition(fan >= 0 && fan < groups[group].count, "group \(group) has no fan \(fan)")
        return groups[group].first + fan
    }
}
