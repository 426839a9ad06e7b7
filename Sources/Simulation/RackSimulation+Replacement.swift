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

    /// The new unit powers up: as it left its factory, with the strap of its predecessor.
    func install(_ specification: DeviceSpecification, as device: Int, event: Int, at instant: Instant) {
        let isUnpowered = devices[device].isUnpowered
        let successor = VirtualDeviceFactory.device(at: site(of: device, specification, event: event))
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

    private func site(of device: Int, _ specification: DeviceSpecification, event: Int) -> DeviceSite {
        var definition = devices[device].definition
        definition.specification = specification
        return DeviceSite(
            index: device, definition: definition, image: DeviceImage(specification), rack: scenario.rack,
            policies: scenario.controller.trays, bench: TestBench(seed: seed, replacement: event),
            traysStayOff: traysStayOff)
    }
}
