import DeviceSpecs
import RegisterMaps
import Units

/// What can have one transaction outstanding.
struct ChannelRecord {
    var bus: Int
    /// Into the controller's list of devices by channel.
    var devices: Range<Int>
    /// `nil` for a connection.
    var line: LineLoad?
    var isBusy = false
    /// What is under way was asked before the controller stood still, and means nothing any more.
    var isForgotten = false
    /// Nothing is due before this.
    var idleUntil = Instant.start
}

/// Building the controller's tables from the inventory, once.
extension RackController {
    func add(_ device: ControllerDevice, index: Int) {
        let takesPart = takesPart(device, index: index)
        let first = variants.count
        for specification in [device.specification] + device.alternatives {
            addVariant(
                specification, of: device, index: index, takesPart: takesPart, isFitted: variants.count == first)
        }
        let fitted = variants[first]
        var record = DeviceRecord(
            deviceClass: fitted.deviceClass, bus: device.bus, unit: device.unit,
            tray: -1, channel: -1, slot: -1,
            spans: fitted.spans, readings: fitted.readings, settings: fitted.settings, identity: fitted.identity,
            points: fitted.points, variants: first..<variants.count, variant: first, candidate: first)
        if case .tray(let tray) = device.role { record.tray = tray }
        if case .supply(let shelf, _) = device.role, feedOfShelf.indices.contains(shelf) {
            record.feed = feedOfShelf[shelf]
        }
        if case .tether = device.role, takesPart, let tetherFeed { record.feed = tetherFeed }
        devices.append(record)
    }

    private func addVariant(
        _ specification: DeviceSpecification, of device: ControllerDevice, index: Int, takesPart: Bool, isFitted: Bool
    ) {
        var specification = specification
        if !takesPart { specification.deviceClass = nil }
        let isOfRack = if case .rack = device.role { true } else { false }
        let planner = PollPlanner(
            of: specification, polling: configuration.polling, isOfRack: isOfRack, firstReading: readings.count,
            firstPoint: polledPoints.count)
        var arming = ArmingPlan(
            of: specification, configuration: configuration, firstPoint: writablePoints.count)
        var points = DevicePoints(readings: planner.signals, first: readings.count, of: specification.deviceClass)
        switch specification.deviceClass {
        case .powerMonitor: points.limitWrite = arming.writablePoint(of: PowerMonitorSignal.powerLimit) ?? -1
        case .baseboardController:
            points.limitWrite = arming.writablePoint(of: BaseboardSignal.powerLimit) ?? -1
            points.defaultLimitWrite = arming.writablePoint(of: BaseboardSignal.defaultLimit) ?? -1
            points.powerStateWrite = arming.writablePoint(of: BaseboardSignal.powerState) ?? -1
        case .fanController: points.dutyWrite = arming.writablePoint(of: FanControllerSignal.dutyCommand) ?? -1
        case .pumpUnit:
            points.dutyWrite = arming.writablePoint(of: PumpUnitSignal.dutyCommand) ?? -1
            points.branchWrite = arming.writablePoint(of: PumpUnitSignal.shutBranches) ?? -1
        // A unit is smoothed and charged through the map of the type that is fitted.
        case .backupUnit: if isFitted { addBackup(device, index: index, &arming) }
        default: break
        }
        variants.append(
            DeviceVariant(
                deviceClass: specification.deviceClass,
                spans: spans.count..<(spans.count + planner.spans.count),
                readings: readings.count..<(readings.count + planner.signals.count),
                settings: settings.count..<(settings.count + arming.settings.count),
                identity: identityCheck(of: specification), points: points,
                turnaround: specification.serial.turnaround, model: ShortText(specification.model)))
        spans.append(contentsOf: planner.spans)
        polledPoints.append(contentsOf: planner.points)
        for _ in planner.signals { readings.append(Reading(staleAfter: .zero)) }
        settings.append(contentsOf: arming.settings)
        writablePoints.append(contentsOf: arming.writablePoints)
    }

    /// Notes the device in its tray or among the supplies. False for one that is identified and otherwise left alone.
    private func takesPart(_ device: ControllerDevice, index: Int) -> Bool {
        switch (device.role, device.specification.deviceClass) {
        case (.tray(let tray), .powerMonitor): trays[tray].monitor = index
        case (.tray(let tray), .baseboardController): trays[tray].baseboard = index
        case (.tray(let tray), .fanController): trays[tray].fanController = index
        case (.tray(let tray), .leakSensor): trays[tray].leakSensor = index
        case (.supply, .powerSupply): supplies.append(index)
        // One number is the rating of all supplies: a weaker tether would be taken for more than it is.
        case (.tether, .powerTether):
            guard countsTethers else { return false }
            supplies.append(index)
        case (.rack(0), .fanController): fanWall = index
        case (.rack(0), .pumpUnit): pumpUnit = index
        case (.rack, .leakSensor): rackSensors.append(index)
        case (.backup(let shelf, _), .backupUnit): return backupPlates.indices.contains(shelf)
        default: return false
        }
        return true
    }

    private func identityCheck(of specification: DeviceSpecification) -> IdentityCheck {
        let first = identityOctets.count
        guard let probe = specification.probe, specification.points.indices.contains(probe.point),
            specification.points[probe.point].definition.table == .holdingRegisters
                || specification.points[probe.point].definition.table == .inputRegisters
        else {
            identityOctets.append(contentsOf: specification.identity.product.utf8)
            return IdentityCheck(
                isInRegisters: false, table: .holdingRegisters, address: 0, count: 0,
                expected: first..<identityOctets.count)
        }
        let point = specification.points[probe.point].definition
        identityOctets.append(contentsOf: probe.expected.utf8)
        return IdentityCheck(
            isInRegisters: true, table: point.table, address: point.address, count: UInt16(point.wordCount),
            expected: first..<identityOctets.count)
    }

    func addChannels(of bus: ControllerBus, index: Int) {
        let own = devices.indices.filter { devices[$0].bus == index }
        switch bus.medium {
        case .serial(let baud):
            addChannel(bus: index, own, line: LineLoad(baud: baud))
            fitPolling(of: channels.count - 1)
        case .tcp:
            for device in own { addChannel(bus: index, [device], line: nil) }
        }
    }

    private func addChannel(bus: Int, _ own: [Int], line: LineLoad?) {
        let first = channelDevices.count
        channelDevices.append(contentsOf: own)
        for (offset, device) in own.enumerated() {
            devices[device].channel = channels.count
            devices[device].slot = first + offset
            slotIdleUntil.append(.start)
        }
        channels.append(ChannelRecord(bus: bus, devices: first..<channelDevices.count, line: line))
    }

    /// Stretches the poll intervals of a serial line until it can carry them, as its devices are now.
    func fitPolling(of channel: Int) {
        guard let line = channels[channel].line else { return }
        var load: Int64 = 0
        for slot in channels[channel].devices {
            let variant = variants[devices[channelDevices[slot]].variant]
            for span in variant.spans {
                let duration = line.duration(ofReading: spans[span].count, turnaround: variant.turnaround)
                load += duration.rawValue * 1000 / max(spans[span].wantedInterval.rawValue, 1)
            }
        }
        let limit = max(1, configuration.polling.serialLoadLimit.rawValue)
        for slot in channels[channel].devices {
            for variant in devices[channelDevices[slot]].variants {
                for span in variants[variant].spans {
                    let wanted = spans[span].wantedInterval
                    spans[span].interval = load > limit ? wanted.scaled(by: load, over: limit) : wanted
                }
            }
        }
    }

    func setReadingAges() {
        let polling = configuration.polling
        for span in spans {
            let age = max(span.interval * polling.staleAfterPolls, polling.leastStaleAge)
            for point in polledPoints[span.points] { readings[point.reading].staleAfter = age }
        }
    }
}

extension DevicePoints {
    init(readings signals: [SignalIdentifier], first: Int, of deviceClass: DeviceClass?) {
        func index(_ signal: some DeviceSignal) -> Int {
            signals.firstIndex(of: signal.identifier).map { first + $0 } ?? -1
        }
        switch deviceClass {
        case .powerMonitor:
            power = index(PowerMonitorSignal.power)
            uptime = index(PowerMonitorSignal.uptime)
            watchdogTimeout = index(PowerMonitorSignal.watchdogTimeout)
        case .powerSupply:
            power = index(PowerSupplySignal.outputPower)
            uptime = index(PowerSupplySignal.uptime)
            outputVoltage = index(PowerSupplySignal.outputVoltage)
            generalAlarms = index(PowerSupplySignal.generalAlarms)
            inputAlarms = index(PowerSupplySignal.inputAlarms)
            outputAlarms = index(PowerSupplySignal.outputAlarms)
        case .powerTether:
            power = index(PowerTetherSignal.outputPower)
            uptime = index(PowerTetherSignal.uptime)
            outputVoltage = index(PowerTetherSignal.outputVoltage)
            generalAlarms = index(PowerTetherSignal.generalAlarms)
            inputAlarms = index(PowerTetherSignal.inputAlarms)
            outputAlarms = index(PowerTetherSignal.outputAlarms)
        case .baseboardController:
            power = index(BaseboardSignal.power)
            appliedLimit = index(BaseboardSignal.appliedLimit)
            powerState = index(BaseboardSignal.powerState)
            hostTemperature = index(BaseboardSignal.hostTemperature)
            acceleratorCount = index(BaseboardSignal.acceleratorCount)
            uptime = index(BaseboardSignal.uptime)
            watchdogTimeout = index(BaseboardSignal.watchdogTimeout)
            limitActive = index(BaseboardSignal.limitActive)
            let number = BaseboardSignal.acceleratorTemperature.rawValue
            if let start = signals.firstIndex(where: { $0.signalNumber == number }) {
                let count = signals[start...].prefix { $0.signalNumber == number }.count
                acceleratorTemperatures = (first + start)..<(first + start + count)
            }
        case .fanController:
            uptime = index(FanControllerSignal.uptime)
            watchdogTimeout = index(FanControllerSignal.watchdogTimeout)
            stalledFans = index(FanControllerSignal.stalledFans)
            dutyApplied = index(FanControllerSignal.dutyApplied)
            power = index(FanControllerSignal.power)
        case .pumpUnit:
            uptime = index(PumpUnitSignal.uptime)
            watchdogTimeout = index(PumpUnitSignal.watchdogTimeout)
            dutyApplied = index(PumpUnitSignal.dutyApplied)
            stalledFans = index(PumpUnitSignal.stalledPumps)
            lockedPumps = index(PumpUnitSignal.lockedPumps)
            supplyTemperature = index(PumpUnitSignal.supplyTemperature)
            returnTemperature = index(PumpUnitSignal.returnTemperature)
            level = index(PumpUnitSignal.level)
            generalAlarms = index(PumpUnitSignal.alarms)
            leaks = index(PumpUnitSignal.leaks)
            power = index(PumpUnitSignal.power)
        case .leakSensor:
            uptime = index(LeakSensorSignal.uptime)
            leaks = index(LeakSensorSignal.status)
        case .backupUnit:
            power = index(BackupUnitSignal.power)
            uptime = index(BackupUnitSignal.uptime)
            watchdogTimeout = index(BackupUnitSignal.watchdogTimeout)
            state = index(BackupUnitSignal.state)
            charge = index(BackupUnitSignal.charge)
            inputGood = index(BackupUnitSignal.inputGood)
        default: break
        }
    }
}
