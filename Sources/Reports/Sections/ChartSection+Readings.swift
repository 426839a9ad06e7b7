/// What meters, PDUs, optics, leak sensors and the valve said of themselves.
extension ChartSection {
    /// None for a rack without such devices.
    var readings: [Chart] {
        [meters, inlets, outlets, moduleTemperatures, modulePowers, moduleBiases, wetness, valveWay, waterFlow]
            .compactMap { $0 }
    }

    /// Beside the plant's own rack power, so that a meter that lies shows.
    private var meters: Chart? {
        let meters = signals.all("peak-demand").compactMap { signals["\($0.subject).power"] }
        guard !meters.isEmpty else { return nil }
        let truth = [signals["rack.power"]].compactMap { $0 }
        return few("Power at the meters of the rack", "power", meters + truth, kind: "readings", includesZero: true)
    }

    private var inlets: Chart? {
        let inlets = signals.all("inlet-lost").compactMap { signals["\($0.subject).current"] }
        return few("Current at the inlets of the PDUs", "current", inlets, kind: "inlets", includesZero: true)
    }

    private var outlets: Chart? {
        let outlets = signals.all("power") { $0.contains("/outlet-") }
        return few("Power of the outlets", "power", outlets, kind: "outlets", includesZero: true)
    }

    private var moduleTemperatures: Chart? {
        let modules = signals.all("temperature", of: isModule)
        return fleet("Cases of the optical modules", "temperature", modules, kind: "modules", namesHighest: true)
    }

    private var modulePowers: Chart? {
        fleet(
            "Power of the optical modules", "power", signals.all("power", of: isModule), kind: "modules",
            includesZero: true)
    }

    private var moduleBiases: Chart? {
        fleet("Laser bias of the optical modules", "bias", signals.all("bias"), kind: "modules", includesZero: true)
    }

    private var wetness: Chart? {
        few("Wetness of the ropes", "wetness", signals.all("wetness"), kind: "ropes", covering: 0...100)
    }

    private var valves: [String] { signals.all("wanted-flow").map(\.subject) }

    /// Asked of the valve, and where it is: apart for as long as it travels, or when it sticks.
    private var valveWay: Chart? {
        let lines = valves.flatMap { valve in
            [
                line("\(valve).position", "\(valve).position", LineStyle(hue: .blue)),
                line("\(valve).asked", "\(valve).asked", LineStyle(hue: .vermilion, dash: .dashed), .steps),
            ]
        }
        return chart("The facility water's valve by its own word", "open", lines, covering: 0...100)
    }

    private var waterFlow: Chart? {
        let lines = valves.flatMap { valve in
            [
                line("\(valve).flow", "\(valve).flow", LineStyle(hue: .blue)),
                line("\(valve).wanted-flow", "\(valve).wanted-flow", LineStyle(hue: .vermilion, dash: .dashed), .steps),
            ]
        }
        return chart("Facility water by its flow meter", "flow", lines, includesZero: true)
    }

    private func isModule(_ subject: String) -> Bool { subject.contains("/module-") }
}
