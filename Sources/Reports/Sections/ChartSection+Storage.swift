/// Batteries, capacitors, UPS, and tethers to other racks. Nothing for a rack that has none of them.
extension ChartSection {
    var storage: [Chart] {
        [
            shelfCharges, unitCharges, busbarSources, gridChanges, upsStates, tetherPowers, tetherContacts,
            tetherVoltages,
        ]
        .compactMap { $0 }
    }

    // MARK: On the busbar

    private var shelfCharges: Chart? {
        few(
            "State of charge of the backup shelves", "charge",
            signals.all("charge") { !$0.contains("/") }, kind: "shelves", covering: 0...100)
    }

    private var unitCharges: Chart? {
        let units = signals.all("charge") { $0.contains("/unit-") }
        return units.count < 2
            ? nil : fleet("State of charge of their units", "charge", units, kind: "units", covering: 0...100)
    }

    private var busbarSources: Chart? {
        guard signals["rack.backup-power"] != nil else { return nil }
        let lines = [
            line("rack.power", "what the trays draw", LineStyle(hue: .blue)),
            line("rack.supply-power", "from the supplies", LineStyle(hue: .green, dash: .dashed)),
            line(
                "rack.backup-power", "from the backup units, below zero into them",
                LineStyle(hue: .purple, dash: .chain)),
            line("rack.operator-budget", "operator's budget", LineStyle(hue: .vermilion, dash: .dotted), .steps),
        ].compactMap { $0 }
        return chart("Who feeds the busbar", "power", lines, includesZero: true)
    }

    private var gridChanges: Chart? {
        let lines = [
            line("rack.input-swing", "within 10 s", LineStyle(hue: .blue), band: true),
            line("rack.input-ramp", "within 1 s", LineStyle(hue: .vermilion, dash: .dashed)),
        ].compactMap { $0 }
        guard signals.hasUPS else {
            return chart("Change of the power from the grid", "power", lines, includesZero: true)
        }
        return chart(
            "Change of the rack's AC power", "power", lines,
            says: "Taken between UPS and rack: what the UPS keeps from the grid, or charges with, is not in it.",
            includesZero: true)
    }

    // MARK: In front of the feeds

    private var upsStates: Chart? {
        let all = signals.unitsOfUPS
        let quantities = [
            ("load", "load", LineStyle(hue: .blue)),
            ("heat", "overload time used", LineStyle(hue: .vermilion, dash: .dashed)),
            ("charge", "battery", LineStyle(hue: .green, dash: .dotted)),
        ]
        // Two UPS are told apart by weight: what means the same has the same hue.
        let lines = all.enumerated().flatMap { index, ups in
            quantities.compactMap { quantity, name, style in
                var style = style
                style.weight = index == 0 ? .regular : .bold
                return line("\(ups).\(quantity)", all.count == 1 ? name : "\(ups), \(name)", style)
            }
        }
        return chart(
            "UPS: load, overload, battery", "share", lines,
            says: "Inverter or bypass is given up once the time that it bears an overload is used up.",
            covering: 0...100)
    }

    // MARK: Tethers

    private var tethers: [String] { signals.all("source-power").map(\.subject) }

    private var tetherPowers: Chart? {
        few(
            "Power from other racks", "power", tethers.compactMap { signals["\($0).power"] }, kind: "tethers",
            includesZero: true)
    }

    private var tetherContacts: Chart? {
        few(
            "Plugs of the tethers", "temperature", tethers.compactMap { signals["\($0).contact"] }, kind: "tethers")
    }

    private var tetherVoltages: Chart? {
        few(
            "Voltage at the end of the tethers' cables", "voltage",
            tethers.compactMap { signals["\($0).input-voltage"] }, kind: "tethers")
    }
}
