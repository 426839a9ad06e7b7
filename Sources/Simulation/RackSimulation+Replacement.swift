internal import DeviceSpecs
internal import Plant
internal import Scenario
internal import Units

/// A unit is pulled while the rack runs, and another one is put in its place.
extension RackSimulation {
    /// Nothing answers at its address from here on, and what it drove is let go.
    func pull(_ device: Int, at instant: Instant) {
        devices[device].pulled(from: plant)
        put(EmptyPlace(site(of: device, devices[device].definition.specification, event: 0)), in: device)
        devices[device].ear.close()
        safety?.noteRestart(of: device, at: instant)
    }

    /// The new unit powers up: as it left its factory, with the strap of its predecessor. `charge` is what a backup unit
    /// has in its store.
    func install(
        _ specification: DeviceSpecification, charge: PerMille, as device: Int, event: Int, at instant: Instant
    ) {
        let isUnpowered = devices[device].isUnpowered
        plug(in: device, charge: charge, event: event)
        var site = site(of: device, specification, event: event)
        site.storedCharge = charge
        let successor = VirtualDeviceFactory.device(at: site)
        successor.isUnpowered = isUnpowered
        put(successor, in: device)
        if case .tray(let tray) = successor.definition.attachment, let monitor = successor as? PowerMonitorDevice {
            monitor.setBrakeLine(isPulled: isBrakeLinePulled(tray: tray), plant: plant)
        }
        successor.ear.close()
        if isUnpowered {
            deadlines[device] = .max
        } else {
            successor.restart(at: instant)
            deadlines[device] = successor.nextDeadline.rawValue
        }
        safety?.noteRestart(of: device, at: instant)
    }

    /// The power stage of a supply or a backup unit goes in with its MCU.
    private func plug(in device: Int, charge: PerMille, event: Int) {
        switch devices[device].definition.attachment {
        case .supply(let shelf, let slot):
            var stream = SeededStream(seed: seed, name: "current share of a replacement", index: UInt64(event))
            plant.insertSupply(shelf: shelf, slot: slot, shareDeviation: stream.uniform(from: -1, to: 1))
        case .backup(let shelf, let slot):
            plant.insertBackup(plant.backupUnit(shelf: shelf, slot: slot), charge: charge.share)
        case .tray, .backupShelf, .shelf, .rack, .tether, .standalone, .controller: break
        }
    }

    private func site(of device: Int, _ specification: DeviceSpecification, event: Int) -> DeviceSite {
        var definition = devices[device].definition
        definition.specification = specification
        let image = DeviceImage(specification).numbered(rack: scenario.rack.name, path: definition.path)
        return DeviceSite(
            index: device, definition: definition, image: image, rack: scenario.rack,
            policies: scenario.controller.trays, bench: TestBench(seed: seed, replacement: event),
            traysStayOff: traysStayOff)
    }
}
