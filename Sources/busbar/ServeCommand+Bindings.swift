internal import ArgumentParser
internal import Capture
internal import Foundation
internal import ModbusServer
internal import Scenario

extension ServeCommand {
    /// Where the buses are served: the places of the command line in their order, then those that the scenario names for
    /// other buses. Every mistake is told; then nothing is opened.
    func bindings(in definition: ScenarioDefinition) throws -> [BusBinding] {
        let rack = definition.rack
        let names = rack.buses.map(\.name)
        var mistakes: [String] = []
        var served: [ServedBus] = []
        for option in buses {
            guard case .success(let place) = option.place else { continue }
            guard let bus = names.firstIndex(of: option.name) else {
                mistakes.append(
                    "--bus \(option.name)=...: the rack \(rack.name) has no bus \"\(option.name)\"; it has "
                        + names.joined(separator: ", "))
                continue
            }
            if let mistake = place.mistake(on: rack.buses[bus]) { mistakes.append("--bus \(option.text): \(mistake)") }
            if served.contains(where: { $0.place.excludes(place) }) {
                mistakes.append("--bus \(option.text): this place is taken by a --bus before it; choose another")
            }
            served.append(ServedBus(bus: bus, place: place))
        }
        let replaced = Set(served.map(\.bus))
        served += definition.served.filter { !replaced.contains($0.bus) }
        if served.isEmpty, mistakes.isEmpty {
            StandardStreams.error(
                "nothing to serve: give at least one of the rack's buses (\(names.joined(separator: ", "))) a place, such as "
                    + "--bus \(names.first ?? "NAME")=tcp:127.0.0.1:1502; that is \(BusOption.forms); or a section "
                    + "\"serve\" in the scenario")
            throw ExitStatus.usage
        }
        for mistake in mistakes { StandardStreams.error(mistake) }
        if !mistakes.isEmpty { throw ExitStatus.badInput }
        return served.map { binding(of: $0, to: rack.buses[$0.bus]) }
    }

    private func binding(of served: ServedBus, to bus: BusDefinition) -> BusBinding {
        BusBinding(
            name: bus.name, bus: served.bus, endpoint: served.place.endpoint, pace: served.place.pace,
            format: served.place.format(on: bus) ?? .standard, echoes: served.place.echoes)
    }

    /// What is wrong with `--bus` and `--allow` whatever the scenario.
    var mistakesOfPlaces: String? {
        let mistakes = buses.compactMap(\.mistake) + allow.compactMap(\.mistake)
        return mistakes.isEmpty ? nil : mistakes.joined(separator: "\n")
    }

    /// The form is documented in docs/serving.md; scripts wait for it.
    func announce(_ buses: [ReadyBus]) {
        for bus in buses { print("ready bus=\(bus.name) at=\(bus.place)") }
        fflush(nil)
        guard allow.isEmpty else { return }
        for bus in buses where bus.isOpenToOthers {
            StandardStreams.error(
                "warning: whoever reaches \(bus.place) can write to the bus \(bus.name); let in known clients only with "
                    + "--allow ADDRESS[/BITS]")
        }
    }
}

extension CapturedBus {
    init(_ binding: BusBinding) {
        switch binding.endpoint {
        case .tcp(let host, let port):
            self.init(name: "\(binding.name)@\(host):\(port)", framing: .tcp, details: "served, tcp")
        case .rtuOverTCP(let host, let port):
            self.init(name: "\(binding.name)@\(host):\(port)", framing: .rtu, details: "served, rtu over tcp")
        case .pseudoTerminal:
            self.init(name: "\(binding.name)@pty", framing: .rtu, details: "served, pseudo-terminal")
        case .serialDevice(let path):
            self.init(name: "\(binding.name)@\(path)", framing: .rtu, details: "served, \(binding.format)")
        }
    }
}
