internal import Plant

/// Signals that only racks with batteries, capacitors or a UPS have.
extension SignalCatalogueBuilder {
    mutating func addUPS(_ name: String, _ feed: Int) {
        add("\(name)/ups.load", "%", .upsLoad(feed: feed))
        add("\(name)/ups.heat", "%", .upsHeat(feed: feed))
        add("\(name)/ups.charge", "%", .upsCharge(feed: feed))
        add("\(name)/ups.bypassed", "", .upsBypassed(feed: feed))
        add("\(name)/ups.on-battery", "", .upsOnBattery(feed: feed))
    }

    mutating func addBackups(_ shelves: [BackupShelfConfiguration]) {
        guard !shelves.isEmpty else { return }
        add("rack.supply-power", "W", .rackSupplyPower)
        add("rack.backup-power", "W", .rackBackupPower)
        add("rack.backup-charge", "%", .rackBackupCharge)
        add("rack.input-ramp", "W", .rackInputRamp)
        add("rack.input-swing", "W", .rackInputSwing)
        var unit = 0
        for (index, shelf) in shelves.enumerated() {
            add("\(shelf.name).power", "W", .backupShelfPower(shelf: index))
            add("\(shelf.name).charge", "%", .backupShelfCharge(shelf: index))
            for slot in 0..<shelf.unitCount {
                add("\(shelf.name)/unit-\(slot + 1).power", "W", .backupPower(unit: unit))
                add("\(shelf.name)/unit-\(slot + 1).charge", "%", .backupCharge(unit: unit))
                unit += 1
            }
        }
    }
}
