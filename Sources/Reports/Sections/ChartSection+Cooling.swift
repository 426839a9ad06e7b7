/// Chips, fans, fan wall and liquid loop, as far as the rack has them.
extension ChartSection {
    var cooling: [Chart] {
        [temperatures, fanDuty, fanSpeed, wallDuty, wallSpeed].compactMap { $0 } + loop
            + [coolingPower, troubles].compactMap { $0 }
    }

    // MARK: Trays

    private var temperatures: Chart? {
        fleet(
            "Hottest chip of each tray", "temperature", signals.trays.compactMap { signals["\($0).temperature"] },
            kind: "trays", namesHighest: true)
    }

    /// A liquid-cooled tray is recorded with a fan speed of zero throughout; plots of that would only mislead.
    private var traysWithFans: [String] {
        signals.trays.filter { signals["\($0).fan-speed"]?.peak.map { $0.value > 0 } ?? true }
    }

    private var fanDuty: Chart? {
        fleet(
            "Fan duty", "duty", traysWithFans.compactMap { signals["\($0).duty"] }, kind: "trays", covering: 0...100,
            includesZero: true)
    }

    private var fanSpeed: Chart? {
        fleet(
            "Fan speed", "speed", traysWithFans.compactMap { signals["\($0).fan-speed"] }, kind: "trays",
            includesZero: true)
    }

    private var wallDuty: Chart? {
        chart(
            "Duty of the fan wall", "duty", [line("fan-wall.duty", "fan wall", LineStyle(hue: .blue))],
            covering: 0...100)
    }

    private var wallSpeed: Chart? {
        chart(
            "Slowest fan of the fan wall", "speed", [line("fan-wall.fan-speed", "slowest fan", LineStyle(hue: .blue))],
            includesZero: true)
    }

    // MARK: Liquid loop

    private var loop: [Chart] {
        [loopTemperatures, loopActuators, pumpSpeeds, loopFlow, branches, loopPressure, level, heat].compactMap { $0 }
    }

    private var loopTemperatures: Chart? {
        chart(
            "Coolant and facility water", "temperature",
            [
                line("coolant.supply", "coolant to the trays", LineStyle(hue: .blue)),
                line("coolant.return", "coolant back", LineStyle(hue: .vermilion, dash: .dashed)),
                line("coolant.facility", "facility water", LineStyle(hue: .green, dash: .dotted)),
            ])
    }

    private var loopActuators: Chart? {
        chart(
            "Facility water's valve, and the pumps' duty", "share",
            [
                line("coolant.valve", "valve, open", LineStyle(hue: .blue)),
                line("pumps.duty", "pumps, duty", LineStyle(hue: .vermilion, dash: .dashed)),
            ], covering: 0...100)
    }

    private var pumpSpeeds: Chart? {
        few(
            "Speed of the pumps", "speed", signals.all("speed") { $0.hasPrefix("pump-") }, kind: "pumps",
            includesZero: true)
    }

    private var loopFlow: Chart? {
        chart("Coolant flow", "flow", [line("coolant.flow", "coolant", LineStyle(hue: .blue))], includesZero: true)
    }

    private var branches: Chart? {
        fleet(
            "Flow in each tray's branch", "share of its design flow", signals.all("coolant"), kind: "branches",
            includesZero: true)
    }

    private var loopPressure: Chart? {
        chart(
            "Coolant pressure", "pressure", [line("coolant.pressure", "pumps' outlet", LineStyle(hue: .blue))],
            includesZero: true)
    }

    private var level: Chart? {
        chart(
            "Level of the reservoir", "level", [line("coolant.level", "reservoir", LineStyle(hue: .blue))])
    }

    private var heat: Chart? {
        chart(
            "Heat that the coolant carries", "heat", [line("coolant.heat", "heat", LineStyle(hue: .blue))],
            includesZero: true)
    }

    // MARK: Both

    private var coolingPower: Chart? {
        chart(
            "Power for cooling, beside the trays' own fans", "power",
            [
                line("pumps.power", "pumps", LineStyle(hue: .blue)),
                line("fan-wall.power", "fan wall", LineStyle(hue: .vermilion, dash: .dashed)),
            ], includesZero: true)
    }

    /// Only of a run that had any.
    private var troubles: Chart? {
        let lines = [
            line("cooling.throttling", "trays that slow down", LineStyle(hue: .vermilion), .steps),
            line("cooling.shutdowns", "accelerators that shut down", LineStyle(hue: .purple, dash: .dashed), .steps),
        ].compactMap { $0 }
        let isQuiet = lines.allSatisfy { $0.trace.peak?.value ?? 0 <= 0 }
        return isQuiet ? nil : chart("Too hot", "number", lines, includesZero: true)
    }
}
