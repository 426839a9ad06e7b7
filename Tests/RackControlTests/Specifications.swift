import DeviceSpecs
import RegisterMaps
import Units

/// Small devices for the tests: few points, each at an address that the tests name.
enum Address {
    static let monitorPower: UInt16 = 0x02
    static let monitorLimit: UInt16 = 0x20
    static let baseboardPower: UInt16 = 0x00
    static let appliedLimit: UInt16 = 0x01
    static let baseboardUptime: UInt16 = 0x08
    static let hostTemperature: UInt16 = 0x09
    static let acceleratorCount: UInt16 = 0x0A
    static let acceleratorTemperature: UInt16 = 0x0B
    static let powerLimit: UInt16 = 0x40
    static let limitActive: UInt16 = 0x41
    static let defaultLimit: UInt16 = 0x42
    static let baseboardWatchdog: UInt16 = 0x43
    static let outputVoltage: UInt16 = 79
    static let generalAlarms: UInt16 = 60
    static let stalledFans: UInt16 = 0x01
    static let dutyApplied: UInt16 = 0x00
    static let dutyCommand: UInt16 = 0x20
    static let backupState: UInt16 = 0x00
    static let backupCharge: UInt16 = 0x01
    static let inputGood: UInt16 = 0x02
    static let backupCommand: UInt16 = 0x20
    static let backupFloor: UInt16 = 0x21
    static let backupCeiling: UInt16 = 0x23
    static let chargeLimit: UInt16 = 0x29
    static let product: UInt16 = 0x60
}

private struct Points {
    var points: [SpecifiedPoint] = []

    mutating func add(
        _ name: String, at address: UInt16, _ signal: SignalIdentifier = .none, words: UInt8 = 1, scale: Int64 = 1,
        signed: Bool = false, writable: Bool = false
    ) {
        let bits = Int64(words) * 16
        let lowest = signed ? -(Int64(1) << (bits - 1)) : 0
        let highest = signed ? (Int64(1) << (bits - 1)) - 1 : (Int64(1) << bits) - 1
        points.append(
            SpecifiedPoint(
                name: name,
                definition: PointDefinition(
                    address: address, wordCount: words, table: .holdingRegisters,
                    encoding: signed ? .signed : .unsigned,
                    access: writable ? .readWrite : .readOnly, scale: FixedPointScale(numerator: scale),
                    lowestRaw: lowest, highestRaw: highest, signal: signal)))
    }

    /// Adds the product text and makes a specification of it all.
    mutating func specification(_ deviceClass: DeviceClass, product: String) -> DeviceSpecification {
        points.append(
            SpecifiedPoint(
                name: "product",
                definition: PointDefinition(
                    address: Address.product, wordCount: 4, table: .holdingRegisters, encoding: .text, lowestRaw: 0,
                    highestRaw: 0),
                text: product))
        points.sort { $0.definition.address < $1.definition.address }
        let probe = points.firstIndex { $0.name == "product" }.map { IdentityProbe(point: $0, expected: product) }
        return DeviceSpecification(
            model: product, deviceClass: deviceClass, says: "",
            identity: DeviceIdentity(vendor: "Test", product: product, revision: "1"),
            serial: SerialSettings(baud: 115_200, parity: .even, turnaround: .milliseconds(2), units: [1...247]),
            points: points, probe: probe)
    }
}

enum Specifications {
    static var monitor: DeviceSpecification {
        var points = Points()
        points.add("power", at: Address.monitorPower, PowerMonitorSignal.power.identifier, words: 2)
        points.add(
            "limit", at: Address.monitorLimit, PowerMonitorSignal.powerLimit.identifier, scale: 1000, writable: true)
        points.add("key", at: 0x2A, PowerMonitorSignal.writeKey.identifier, writable: true)
        points.add("watchdog", at: 0x22, PowerMonitorSignal.watchdogTimeout.identifier, scale: 10, writable: true)
        return points.specification(.powerMonitor, product: "MONITOR")
    }

    static var baseboard: DeviceSpecification {
        var points = Points()
        points.add("power", at: Address.baseboardPower, BaseboardSignal.power.identifier, scale: 1000)
        points.add("applied", at: Address.appliedLimit, BaseboardSignal.appliedLimit.identifier, scale: 1000)
        points.add("uptime", at: Address.baseboardUptime, BaseboardSignal.uptime.identifier)
        points.add(
            "host", at: Address.hostTemperature, BaseboardSignal.hostTemperature.identifier, scale: 100, signed: true)
        points.add("count", at: Address.acceleratorCount, BaseboardSignal.acceleratorCount.identifier)
        for member in 0..<UInt8(2) {
            points.add(
                "accelerator-\(member)", at: Address.acceleratorTemperature + UInt16(member),
                BaseboardSignal.acceleratorTemperature.identifier(member: member), scale: 100, signed: true)
        }
        points.add("cap", at: Address.powerLimit, BaseboardSignal.powerLimit.identifier, scale: 1000, writable: true)
        points.add("active", at: Address.limitActive, BaseboardSignal.limitActive.identifier, writable: true)
        points.add(
            "default", at: Address.defaultLimit, BaseboardSignal.defaultLimit.identifier, scale: 1000, writable: true)
        points.add(
            "watchdog", at: Address.baseboardWatchdog, BaseboardSignal.watchdogTimeout.identifier, scale: 10,
            writable: true)
        return points.specification(.baseboardController, product: "BMC")
    }

    static var supply: DeviceSpecification {
        var points = Points()
        points.add("alarms", at: Address.generalAlarms, PowerSupplySignal.generalAlarms.identifier)
        points.add("output", at: Address.outputVoltage, PowerSupplySignal.outputVoltage.identifier, scale: 10)
        return points.specification(.powerSupply, product: "SUPPLY")
    }

    static var backup: DeviceSpecification {
        var points = Points()
        points.add("state", at: Address.backupState, BackupUnitSignal.state.identifier)
        points.add("charge", at: Address.backupCharge, BackupUnitSignal.charge.identifier)
        points.add("input", at: Address.inputGood, BackupUnitSignal.inputGood.identifier)
        points.add("command", at: Address.backupCommand, BackupUnitSignal.command.identifier, writable: true)
        points.add(
            "floor", at: Address.backupFloor, BackupUnitSignal.smoothingFloor.identifier, words: 2, scale: 1000,
            writable: true)
        points.add(
            "ceiling", at: Address.backupCeiling, BackupUnitSignal.smoothingCeiling.identifier, words: 2, scale: 1000,
            writable: true)
        points.add(
            "charge-limit", at: Address.chargeLimit, BackupUnitSignal.chargeLimit.identifier, scale: 1000,
            writable: true)
        points.add("watchdog", at: 0x2B, BackupUnitSignal.watchdogTimeout.identifier, scale: 10, writable: true)
        return points.specification(.backupUnit, product: "BACKUP")
    }

    static var fans: DeviceSpecification {
        var points = Points()
        points.add("applied", at: Address.dutyApplied, FanControllerSignal.dutyApplied.identifier)
        points.add("stalled", at: Address.stalledFans, FanControllerSignal.stalledFans.identifier)
        points.add("duty", at: Address.dutyCommand, FanControllerSignal.dutyCommand.identifier, writable: true)
        return points.specification(.fanController, product: "FANS")
    }
}
