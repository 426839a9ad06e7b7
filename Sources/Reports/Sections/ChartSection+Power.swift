/// Power, and what the controller makes of it.
extension ChartSection {
    var power: [Chart] {
        [controllerView, work, traysOn, supplies, feeds, breakers, voltage, overdraft, buses].compactMap { $0 }
    }

    private var controllerView: Chart? {
        chart(
            "What the controller sees and allows", "power",
            [
                line("rack.measured-power", "power as measured over the buses", LineStyle(hue: .blue)),
                line("rack.caps", "sum of the caps in force", LineStyle(hue: .orange, weight: .bold), .steps),
                line("rack.budget", "budget in force", LineStyle(hue: .vermilion, dash: .dashed), .steps),
            ])
    }

    private var work: Chart? {
        chart(
            "Work asked for and work lost", "share",
            [
                line("rack.demand", "demand of the workload", LineStyle(hue: .blue)),
                line("rack.work-lost", "work lost to capping", LineStyle(hue: .vermilion, dash: .dashed)),
            ], includesZero: true)
    }

    /// Only where trays came or went, or were braked.
    private var traysOn: Chart? {
        let on = line("rack.trays-on", "with main power", LineStyle(hue: .blue), .steps)
        let braked = line(
            "rack.trays-braked", "held by the brake line", LineStyle(hue: .vermilion, dash: .dashed), .steps)
        let isQuiet = on?.trace.peak?.value == on?.trace.trough?.value && braked?.trace.peak?.value ?? 0 <= 0
        return isQuiet ? nil : chart("Trays on, and braked", "trays", [on, braked], includesZero: true)
    }

    private var supplies: Chart? {
        fleet("Power of the supplies", "power", signals.supplies, kind: "supplies", includesZero: true)
    }

    private var feeds: Chart? {
        let traces = signals.feeds.compactMap { signals["\($0).power"] }
        return few("Power drawn from the feeds", "power", traces, kind: "feeds", includesZero: true)
    }

    private var breakers: Chart? {
        let traces = signals.feeds.compactMap { signals["\($0)/breaker.heat"] }
        return few(
            "Breaker heat: trips at 100 %", "share of the trip heat", traces, kind: "breakers", covering: 0...100)
    }

    private var voltage: Chart? {
        chart("Busbar voltage", "voltage", [line("bus.voltage", "busbar", LineStyle(hue: .blue), band: true)])
    }

    /// Only where some of it was used.
    private var overdraft: Chart? {
        guard signals["rack.overdraft"]?.peak?.value ?? 0 > 0 else { return nil }
        return chart(
            "Overdraft used", "share", [line("rack.overdraft", "of the overdraft", LineStyle(hue: .blue))],
            covering: 0...100)
    }

    private var buses: Chart? {
        few("Load of the buses", "share of the time busy", signals.buses, kind: "buses", includesZero: true)
    }
}
