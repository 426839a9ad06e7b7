import DeviceSpecs
import RegisterMaps
import Units

/// A contiguous run of registers, read in one transaction by schedule.
struct PollSpan {
    var table: RegisterTable
    var address: UInt16
    var count: UInt16
    var interval: Interval
    /// Before it was stretched to what its line can carry.
    var wantedInterval: Interval
    var due: Instant = .never
    /// Read every scan cycle or so, rather than once a second.
    var isFast: Bool
    /// Into the plan's points.
    var points: Range<Int>
}

struct PolledPoint {
    /// Words from the start of the span.
    var offset: Int
    /// Into the controller's readings.
    var reading: Int
    var definition: PointDefinition
}

/// A signal as last read.
struct Reading {
    var value: Int64 = 0
    /// When the request was issued: the value is no younger. The distant past for a reading never taken.
    var takenAt = Instant(rawValue: .min / 2)
    var staleAfter: Interval

    func isFresh(at now: Instant) -> Bool { now - takenAt <= staleAfter }
    func fresh(at now: Instant) -> Int64? { isFresh(at: now) ? value : nil }
}

/// Which spans to read of a device, made once from its specification.
struct PollPlanner {
    var spans = ContiguousArray<PollSpan>()
    var points = ContiguousArray<PolledPoint>()
    /// The signal of each reading, in the order of the readings.
    var signals: [SignalIdentifier] = []
    private let specification: DeviceSpecification
    private let polling: PollingConfiguration
    private let firstReading: Int
    private let firstPoint: Int

    init(
        of specification: DeviceSpecification, polling: PollingConfiguration, isOfRack: Bool = false,
        firstReading: Int, firstPoint: Int
    ) {
        self.specification = specification
        self.polling = polling
        self.firstReading = firstReading
        self.firstPoint = firstPoint
        guard let deviceClass = specification.deviceClass else { return }
        let wanted = PolledSignals.of(deviceClass, isOfRack: isOfRack)
        plan(wanted.fast, interval: wanted.interval(polling), isFast: true)
        plan(wanted.slow, interval: polling.slow, isFast: false)
    }

    private struct Candidate {
        var definition: PointDefinition
        var reading: Int
        var end: Int { Int(definition.address) + Int(definition.wordCount) }
    }

    private mutating func plan(_ wanted: [SignalIdentifier], interval: Interval, isFast: Bool) {
        var found: [Candidate] = []
        for signal in wanted {
            guard let point = specification.point(boundTo: signal)?.definition, isReadable(point) else { continue }
            found.append(Candidate(definition: point, reading: firstReading + signals.count))
            signals.append(signal)
        }
        found.sort {
            ($0.definition.table.rawValue, $0.definition.address) < (
                $1.definition.table.rawValue, $1.definition.address
            )
        }
        var group: [Candidate] = []
        for candidate in found {
            if let first = group.first, let last = group.last,
                !canMerge(candidate, first: first, last: last)
            {
                close(group, interval: interval, isFast: isFast)
                group = []
            }
            group.append(candidate)
        }
        close(group, interval: interval, isFast: isFast)
    }

    private func isReadable(_ point: PointDefinition) -> Bool {
        let isRegister = point.table == .inputRegisters || point.table == .holdingRegisters
        let isNumber = point.encoding != .text && point.encoding != .bit && point.wordCount <= 4
        return isRegister && isNumber && point.access != .writeOnly
    }

    /// Every word between two points must be mapped and readable: real devices answer exception 2 to a read that
    /// touches an address that they do not have.
    private func canMerge(_ candidate: Candidate, first: Candidate, last: Candidate) -> Bool {
        let table = candidate.definition.table
        guard first.definition.table == table else { return false }
        let start = Int(first.definition.address)
        let gap = Int(candidate.definition.address) - last.end
        guard gap <= polling.greatestMergeGap, candidate.end - start <= 125 else { return false }
        return (last.end..<max(last.end, Int(candidate.definition.address))).allSatisfy { address in
            specification.points.contains {
                $0.definition.table == table && $0.definition.access != .writeOnly
                    && address >= Int($0.definition.address)
                    && address < Int($0.definition.address) + Int($0.definition.wordCount)
            }
        }
    }

    private mutating func close(_ group: [Candidate], interval: Interval, isFast: Bool) {
        guard let first = group.first, let last = group.last else { return }
        let start = Int(first.definition.address)
        let begin = firstPoint + points.count
        for candidate in group {
            points.append(
                PolledPoint(
                    offset: Int(candidate.definition.address) - start, reading: candidate.reading,
                    definition: candidate.definition))
        }
        spans.append(
            PollSpan(
                table: first.definition.table, address: first.definition.address, count: UInt16(last.end - start),
                interval: interval, wantedInterval: interval, isFast: isFast,
                points: begin..<(firstPoint + points.count)))
    }
}

/// The signals that the controller needs of each class of device.
struct PolledSignals {
    var fast: [SignalIdentifier]
    var slow: [SignalIdentifier]
    var interval: (PollingConfiguration) -> Interval

    /// The power of a tray's fans is in the tray's own; that of the rack's is not.
    static func of(_ deviceClass: DeviceClass, isOfRack: Bool) -> PolledSignals {
        switch deviceClass {
        case .powerMonitor:
            PolledSignals(
                fast: identifiers([PowerMonitorSignal.power]),
                slow: identifiers([PowerMonitorSignal.uptime, .watchdogTimeout]),
                interval: { $0.monitor })
        case .powerSupply:
            PolledSignals(
                fast: identifiers([
                    PowerSupplySignal.outputVoltage, .outputPower, .generalAlarms, .inputAlarms, .outputAlarms,
                ]),
                slow: identifiers([PowerSupplySignal.uptime]),
                interval: { $0.supply })
        case .powerTether:
            PolledSignals(
                fast: identifiers([
                    PowerTetherSignal.outputVoltage, .outputPower, .generalAlarms, .inputAlarms, .outputAlarms,
                ]),
                slow: identifiers([PowerTetherSignal.uptime]),
                interval: { $0.supply })
        case .baseboardController:
            PolledSignals(
                fast: identifiers([BaseboardSignal.power, .appliedLimit]),
                slow: identifiers([
                    BaseboardSignal.powerState, .hostTemperature, .acceleratorCount, .acceleratorTemperature, .uptime,
                    .watchdogTimeout, .limitActive,
                ]),
                interval: { $0.baseboard })
        case .fanController:
            PolledSignals(
                fast: [],
                slow: identifiers(
                    [FanControllerSignal.dutyApplied, .fanSpeed, .stalledFans, .uptime, .watchdogTimeout]
                        + (isOfRack ? [.power] : [])),
                interval: { $0.slow })
        case .pumpUnit:
            PolledSignals(
                fast: identifiers([PumpUnitSignal.level, .leaks, .alarms]),
                slow: identifiers([
                    PumpUnitSignal.dutyApplied, .supplyTemperature, .returnTemperature, .stalledPumps, .lockedPumps,
                    .power, .uptime, .watchdogTimeout,
                ]),
                interval: { $0.supply })
        case .leakSensor:
            PolledSignals(
                fast: [], slow: identifiers([LeakSensorSignal.status, .uptime]), interval: { $0.slow })
        case .backupUnit:
            PolledSignals(
                fast: identifiers([BackupUnitSignal.state, .charge, .power, .inputGood]),
                slow: identifiers([BackupUnitSignal.uptime, .watchdogTimeout]),
                interval: { $0.supply })
        // A class in which the controller takes no part: identified, and otherwise left alone.
        default: PolledSignals(fast: [], slow: [], interval: { $0.slow })
        }
    }

    /// Every member of every signal, in order.
    private static func identifiers<Signal: DeviceSignal>(_ signals: [Signal]) -> [SignalIdentifier] {
        signals.flatMap { signal in (0..<signal.memberLimit).map { signal.identifier(member: $0) } }
    }
}
