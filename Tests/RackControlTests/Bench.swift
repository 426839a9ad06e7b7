import ControlLaws
import DeviceSpecs
import ModbusWire
import RackControl
import RegisterMaps
import Units

/// A rack that answers from tables: registers per device, trays that draw what they want up to their cap at once.
/// Supplies first, dealt in turn to a shelf per feed, then monitor, BMC and fans of each tray. All on one serial bus or
/// all on TCP.
struct Bench {
    struct Write: Equatable {
        var device: Int
        var address: UInt16
        var value: UInt16
    }

    struct Device {
        var registers: [UInt16: UInt16] = [:]
        var isSilent = false
        /// It answers everything with exception 6.
        var isBusy = false
        var asked = 0
        /// Registers that it answers with exception 2.
        var refused: Set<UInt16> = []
    }

    let controller: RackController
    var devices: [Device]
    var now = Instant.start
    var writes: [Write] = []
    /// Watts that each tray wants.
    var demand: [Int]
    let supplyCount: Int
    /// The two words in which every monitor shows so many watts.
    var shownPower: (Int) -> [UInt16] = { [UInt16(($0 * 1000) >> 16), UInt16($0 * 1000 & 0xFFFF)] }
    private var pending: [(BusTransaction, Instant)?]

    static let transactionTime = Interval.milliseconds(4)

    init(
        trays: [ControllerTray], supplies: Int = 6, budget: Power = .watts(30_000), serial: Bool = false,
        feeds: [ControllerFeed] = [], backups: Int = 0, monitor: DeviceSpecification = Specifications.monitor,
        adjust: (inout ControllerConfiguration) -> Void = { _ in }
    ) {
        var list: [ControllerDevice] = []
        func add(_ specification: DeviceSpecification, _ role: ControllerDevice.Role) {
            list.append(
                ControllerDevice(
                    path: "\(list.count)", specification: specification, bus: 0, unit: UInt8(list.count + 1),
                    role: role))
        }
        let shelves = max(1, feeds.count)
        for slot in 0..<supplies {
            add(Specifications.supply, .supply(shelf: slot % shelves, slot: slot / shelves))
        }
        for tray in trays.indices {
            add(monitor, .tray(tray))
            add(Specifications.baseboard, .tray(tray))
            add(Specifications.fans, .tray(tray))
        }
        for slot in 0..<backups { add(Specifications.backup, .backup(shelf: 0, slot: slot)) }
        var configuration = ControllerConfiguration(
            budget: budget, uncapSlew: .watts(500), temperatureSetpoint: .degrees(75), failsafeDuty: .percent(75),
            deviceWatchdog: .seconds(5), timeout: .milliseconds(50), retries: 2, reprobe: .seconds(2))
        adjust(&configuration)
        let bus = ControllerBus(name: "bus", medium: serial ? .serial(baud: 115_200) : .tcp)
        controller = RackController(
            inventory: ControllerInventory(
                buses: [bus], devices: list, trays: trays, supplyRating: .watts(5500), feeds: feeds,
                feedOfShelf: Array(feeds.indices), backups: backups > 0 ? [.bench] : []),
            configuration: configuration)
        devices = list.map { Device(registers: Self.initialRegisters($0.specification)) }
        demand = Array(repeating: 2000, count: trays.count)
        supplyCount = supplies
        pending = Array(repeating: nil, count: controller.channelCount)
    }

    private static func initialRegisters(_ specification: DeviceSpecification) -> [UInt16: UInt16] {
        var registers: [UInt16: UInt16] = [:]
        for point in specification.points {
            let first = point.definition.address
            for word in 0..<UInt16(point.definition.wordCount) { registers[first + word] = 0 }
            for (index, octet) in point.text.utf8.enumerated() {
                registers[first + UInt16(index / 2), default: 0] |= UInt16(octet) << (index % 2 == 0 ? 8 : 0)
            }
        }
        switch specification.deviceClass {
        case .powerSupply: registers[Address.outputVoltage] = 5000
        case .baseboardController:
            registers[Address.appliedLimit] = 12_000
            registers[Address.acceleratorCount] = 2
            registers[Address.acceleratorTemperature] = 600
            registers[Address.acceleratorTemperature + 1] = 620
        case .backupUnit:
            registers[Address.backupState] = 1
            registers[Address.backupCharge] = 1000
            registers[Address.inputGood] = 1
        default: break
        }
        return registers
    }

    func monitor(_ tray: Int) -> Int { supplyCount + 3 * tray }
    func baseboard(_ tray: Int) -> Int { supplyCount + 3 * tray + 1 }
    func fans(_ tray: Int) -> Int { supplyCount + 3 * tray + 2 }
    func backup(_ slot: Int) -> Int { supplyCount + 3 * demand.count + slot }

    /// Runs for so long in steps of a millisecond, asking every idle channel and stepping the controller.
    mutating func run(_ length: Interval, watching: (borrowing Bench) -> Void = { _ in }) {
        let end = now + length
        while now < end {
            settlePlant()
            controller.step(at: now)
            for channel in pending.indices {
                if let (transaction, due) = pending[channel], now >= due {
                    pending[channel] = nil
                    answer(transaction)
                }
                if pending[channel] == nil, let next = controller.nextTransaction(channel: channel, at: now) {
                    let isSilent = devices[next.device].isSilent
                    pending[channel] = (next, now + (isSilent ? next.timeout : Self.transactionTime))
                }
            }
            watching(self)
            now += .milliseconds(1)
        }
    }

    /// What the trays draw now, in watts.
    func power(_ tray: Int) -> Int {
        let baseboard = devices[baseboard(tray)].registers
        return min(demand[tray], Int(baseboard[Address.appliedLimit] ?? 0))
    }

    var totalPower: Int { demand.indices.reduce(0) { $0 + power($1) } }

    private mutating func settlePlant() {
        for tray in demand.indices {
            let isActive = devices[baseboard(tray)].registers[Address.limitActive] == 1
            let limit = devices[baseboard(tray)].registers[Address.powerLimit] ?? 0
            devices[baseboard(tray)].registers[Address.appliedLimit] = isActive ? limit : 12_000
            let power = power(tray)
            devices[baseboard(tray)].registers[Address.baseboardPower] = UInt16(power)
            devices[baseboard(tray)].registers[Address.baseboardUptime] =
                UInt16(now.milliseconds / 1000) &+ uptimeOffset
            for (index, word) in shownPower(power).enumerated() {
                devices[monitor(tray)].registers[Address.monitorPower + UInt16(index)] = word
            }
        }
    }

    /// So that a restart can set the uptime back.
    var uptimeOffset: UInt16 = 1000

    /// What a BMC forgets when it restarts.
    mutating func restartBaseboard(_ tray: Int) {
        for address in [Address.powerLimit, Address.limitActive, Address.defaultLimit, Address.baseboardWatchdog] {
            devices[baseboard(tray)].registers[address] = 0
        }
    }

    private mutating func answer(_ transaction: BusTransaction) {
        let device = transaction.device
        devices[device].asked += 1
        guard !devices[device].isSilent else {
            controller.complete(transaction, reply: .timeout, at: now)
            return
        }
        guard !devices[device].isBusy else {
            controller.complete(transaction, reply: .exception(.serverDeviceBusy), at: now)
            return
        }
        var block = RegisterBlock()
        var reply = BusReply.written
        switch transaction.request {
        case .readRegisters(_, let address, let count):
            reply = .registers
            for word in address..<(address + count) {
                guard let value = devices[device].registers[word] else {
                    reply = .exception(.illegalDataAddress)
                    break
                }
                block.append(value)
            }
        case .writeRegisters(let address, let words):
            if devices[device].refused.contains(address) {
                reply = .exception(.illegalDataAddress)
                break
            }
            for index in 0..<words.count {
                devices[device].registers[address + UInt16(index)] = words[index]
                writes.append(Write(device: device, address: address, value: words[index]))
            }
        case .writeCoil, .readIdentification: reply = .exception(.illegalFunction)
        }
        controller.complete(transaction, reply: reply, registers: block, at: now)
    }

    /// Everything in the event log since it was last read.
    func events() -> [ControllerEvent.Kind] {
        var kinds: [ControllerEvent.Kind] = []
        while let event = controller.nextEvent() { kinds.append(event.kind) }
        return kinds
    }
}

extension ControllerFeed {
    /// 14 kW for ever, very inverse, cooling with 300 s.
    static var bench: ControllerFeed {
        ControllerFeed(
            rating: .watts(14_000), curve: .veryInverse(timeMultiplier: .whole), fastEdge: .percent(80),
            cooling: .seconds(300))
    }
}

extension ControllerBackup {
    /// A battery of 5.5 kW for 240 s that charges with 1 kW.
    static var bench: ControllerBackup {
        ControllerBackup(
            isBattery: true, dischargePower: .watts(5500), chargePower: .watts(1000), energy: .joules(1_320_000))
    }
}

extension [ControllerTray] {
    /// Equal trays, 1 kW to 5 kW.
    static func equal(_ count: Int) -> [ControllerTray] {
        Array(repeating: ControllerTray(priority: 1, floor: .watts(1000), ceiling: .watts(5000)), count: count)
    }
}
