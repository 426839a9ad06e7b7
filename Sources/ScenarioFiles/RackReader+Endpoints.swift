import Scenario
import YAMLReading

/// Where the rack is met outside the simulation, and that no two devices are met at one address.
extension RackReader {
    func checkLineIsFree(_ endpoint: BusEndpoint, bus: String, _ place: YAMLValue) {
        guard case .serial(let path, _, _, _, _) = endpoint else { return }
        let other = buses.first {
            if case .serial(path, _, _, _, _) = $0.endpoint { true } else { false }
        }
        guard let other else { return }
        place.problem(
            "the serial device \(path) is taken by the bus \"\(other.name)\"; give \"\(bus)\" its own, or put the "
                + "devices of both on one bus")
    }

    /// The device's own place, or its bus's. Devices of one bus have units of their own, which is checked elsewhere; here
    /// it is those of several buses that may meet at one place.
    func endpoint(
        of group: DeviceGroup, group number: Int, member: Int, path: String, unit: Int?, bus: Int
    ) -> BusEndpoint? {
        guard let definition = buses.indices.contains(bus) ? buses[bus] : nil else { return nil }
        var own: BusEndpoint?
        if let addresses = group.addresses, case .tcp = definition.medium {
            own = addresses.endpoint(group: number, member: member, membersEach: group.membersEach)
            if !addresses.has(group: number, member: member, membersEach: group.membersEach) {
                group.withoutAddress.append(path)
            }
        }
        if group.addresses != nil, own == nil { mistakenAddresses.append(path) }
        guard let endpoint = own ?? definition.endpoint, let unit else { return own ?? definition.endpoint }
        let other = devices.first { $0.bus != bus && $0.endpoint == endpoint && Int($0.unit) == unit }
        if let other { group.sharing.append((path, unit, other.path, endpoint)) }
        return endpoint
    }

    func reportAddresses(of group: DeviceGroup) {
        let more = { (count: Int) in count > 1 ? " (and \(count - 1) more)" : "" }
        if let addresses = group.addresses {
            if let line = group.busIndices?.first(where: { if case .rtu = buses[$0].medium { true } else { false } }) {
                addresses.place.problem(
                    "a device on the serial line \"\(buses[line].name)\" has no address of its own; say \"at\" for the bus"
                )
            }
            if let first = group.withoutAddress.first {
                addresses.place.problem(
                    "expected one address for each device, found none for \(first)\(more(group.withoutAddress.count))")
            }
        }
        if let first = group.sharing.first {
            (group.addresses?.place ?? group.unitsPlace ?? group.place).problem(
                "unit \(first.unit) of \(first.path) is taken at \(first.endpoint.text) by \(first.by)"
                    + "\(more(group.sharing.count)); give it another unit or another place")
        }
    }

    /// For a controller of real buses: every device must be met somewhere.
    func reportMissingEndpoints() {
        guard library.needsEndpoints else { return }
        for (index, bus) in buses.enumerated() where bus.endpoint == nil && !busPlaces[index].hasEndpoint {
            switch bus.medium {
            case .rtu:
                busPlaces[index].place.problem(
                    "expected \"at\" for the bus \"\(bus.name)\", found none; add the serial device, "
                        + "at: rtu:/dev/ttyUSB0, or the gateway before the line, at: tcp:HOST:PORT")
            case .tcp:
                let lost = devices.filter { $0.bus == index && isAsked($0) && $0.endpoint == nil && !hasAddress($0) }
                guard let first = lost.first else { continue }
                busPlaces[index].place.problem(
                    "expected \"at\" for the bus \"\(bus.name)\" or for each of its devices, found none for "
                        + "\(first.path)\(lost.count > 1 ? " (and \(lost.count - 1) more)" : ""); add at: tcp:HOST:PORT "
                        + "here, or at: HOST:PORT to the devices")
            }
        }
    }

    /// The controller is no client of itself, and is not told of devices that stand alone.
    private func isAsked(_ device: DeviceDefinition) -> Bool {
        device.attachment != .controller && device.attachment != .standalone
    }

    /// A device whose own address is mistaken has been told already.
    private func hasAddress(_ device: DeviceDefinition) -> Bool { mistakenAddresses.contains(device.path) }
}
