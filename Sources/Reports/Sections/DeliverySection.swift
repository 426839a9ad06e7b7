internal import Delivery

/// A forecast as banner, tiles, plots and tables.
struct DeliverySection {
    let forecast: DeliveryForecast

    private var standing: SourcingForecast { forecast.asItStands }
    private var charts: DeliveryCharts { DeliveryCharts(forecast: forecast) }

    var html: HTML {
        """
        \(banner)<dl class="tiles">\(tiles)</dl>
        <section><h2>When racks are energised</h2><div class="stack">\(charts.racksOverTime)\(charts.lastRackByWay)</div>
        <div class="wide-table worlds">\(racksTable)</div></section>
        <section><h2>What racks wait for</h2>
        <p class="says">As it stands: how often a rack, and how often the last one, waited for this longest, and by how many days it
        would have been earlier without.\(placeWaits)</p><div class="wide-table">\(gatesTable)</div></section>
        <section><h2>Who is bought from</h2>
        <p class="says">The last rack, and how much earlier it is than as it stands, future by future: every way of buying meets
        the same \(forecast.samples) futures.</p><div class="wide-table">\(waysTable)</div></section>
        <section><h2>Orders, as it stands</h2><div class="wide-table">\(ordersTable)</div></section>
        <section><h2>Where the lead times are from</h2><div class="wide-table">\(provenanceTable)</div></section>

        """
    }

    // MARK: Head

    private var banner: HTML {
        guard let needed = forecast.bill.order.neededDays, let isInTime = forecast.isInTime else { return .empty }
        let safe = standing.racks(by: needed, atPercent: DeliveryForecast.safePercent)
        let all = NumberText.fixed(standing.lastRack.share(by: needed) * 100, decimals: 0)
        return """
            <div class="banner \(isInTime ? "held" : "failed")" role="status"><span class="sign" aria-hidden="true">\
            \(isInTime ? "✓" : "✗")</span><div><strong>Wanted by \(forecast.text(ofDay: needed)): \(safe) of \
            \(forecast.bill.order.racks) racks at P90, all of them in \(all) % of the futures</strong></div></div>

            """
    }

    private var tiles: [HTML] {
        let order = forecast.bill.order
        let places = order.places.map { "\($0) at a time" } ?? "all at a time"
        return [
            tile("Racks", "\(order.racks)", order.placed.map { "ordered \($0)" } ?? "of \(forecast.bill.rack)"),
            tile("First rack, P50", day(standing.racks.first, 50), span(standing.racks.first)),
            tile("Last rack, P50", day(standing.racks.last, 50), span(standing.racks.last)),
            tile("Bring-up", "\(order.bringUpDays) d", places),
        ]
    }

    private func tile(_ title: String, _ value: String, _ note: String) -> HTML {
        "<div><dt>\(title)</dt><dd>\(value)</dd><dd class=\"note\">\(note)</dd></div>"
    }

    private func span(_ distribution: DayDistribution?) -> String {
        "P10 \(day(distribution, 10)), P90 \(day(distribution, 90))"
    }

    private func day(_ distribution: DayDistribution?, _ percent: Int) -> String {
        distribution?.day(atPercent: percent).map { forecast.text(ofDay: $0) } ?? "–"
    }

    // MARK: Tables

    private var racksTable: HTML {
        let rows = forecast.shownRacks.map { rack -> [HTML] in
            let days = [10, 50, 90].map { dated(standing.racks[rack], $0) }
            let gate = forecast.title(of: standing.gates[standing.gateOfRack[rack]])
            return [number("\(rack + 1)")] + days + ["<td>\(gate)</td>"]
        }
        return table(["#rack", "#P10", "#P50", "#P90", "waits most often for"], rows)
    }

    private var gatesTable: HTML {
        let rows = standing.gates.map { gate -> [HTML] in
            let width = Int((gate.share * 100).rounded())
            let bar: HTML =
                "<td><svg width=\"100\" height=\"10\" aria-hidden=\"true\"><path class=\"band h-blue\" d=\"M0 0H\(width)V10H0Z\"/></svg></td>"
            return [
                "<td>\(forecast.title(of: gate))</td>", bar, number(percent(gate.share)),
                number(percent(gate.shareOfLastRack)), number(days(gate.days, 50)), number(days(gate.days, 90)),
            ]
        }
        return table(["waits for", "", "#racks", "#last rack", "#by P50", "#P90"], rows)
    }

    private var placeWaits: String {
        guard standing.placeWaits.total > 0 else { return "" }
        return
            " \(percent(standing.placeWaitShare)) of the racks stood complete and waited for a place to be brought up at: P50 "
            + "\(days(standing.placeWaits, 50)), P90 \(days(standing.placeWaits, 90))."
    }

    private var waysTable: HTML {
        let rows = forecast.ways.enumerated().map { index, way -> [HTML] in
            let when = [10, 50, 90].map { dated(way.lastRack, $0) }
            let change = way.change.map { change in
                [10, 50, 90].map { number(days(change.lastRackEarlier, $0)) }
                    + [number(NumberText.fixed(change.rackDays, decimals: 0))]
            }
            return ["<td class=\"way\">\(LineLetters.mark(index))\(forecast.title(of: way.sourcing))</td>"] + when
                + (change ?? Array(repeating: number("–"), count: 4))
        }
        return table(
            ["bought from", "#P10", "#P50", "#P90", "#earlier P10", "#P50", "#P90", "#rack-days"], rows,
            style: "figures")
    }

    private var ordersTable: HTML {
        let rows = standing.purchases.map { purchase -> [HTML] in
            [
                "<td>\(purchase.part)</td>", "<td>\(purchase.item)</td>", "<td>\(purchase.supplier)</td>",
                number("\(purchase.ordered)"), number("\(purchase.fromStock)"), number("\(purchase.leftOver)"),
            ]
        }
        return table(["part", "bought", "from", "#order", "#from stock", "#left over"], rows)
    }

    private var provenanceTable: HTML {
        let rows = forecast.bill.parts.flatMap { part in
            part.sources.map { source -> [HTML] in
                [
                    "<td>\(source.item)</td>", "<td>\(source.supplier)</td>", number(words(source.leadTime)),
                    "<td>\(source.provenance.mark.rawValue)</td>", "<td>\(source.provenance.source)</td>",
                ]
            }
        }
        return table(["bought", "from", "#days", "mark", "source"], rows)
    }

    // MARK: Words

    private func words(_ leadTime: LeadTime) -> String {
        switch leadTime {
        case .quoted(let days): "\(days)"
        case .triangular(let earliest, let typical, let latest): "\(earliest) / \(typical) / \(latest)"
        }
    }

    /// The date and, where there is no room beside it, the count of days below.
    private func dated(_ distribution: DayDistribution, _ percent: Int) -> HTML {
        guard let day = distribution.day(atPercent: percent) else { return number("–") }
        guard forecast.bill.order.placed != nil else { return number("\(day) d") }
        return "<td class=\"number dated\"><span>\(forecast.text(ofDay: day))</span> <span>(\(day) d)</span></td>"
    }

    private func days(_ distribution: DayDistribution, _ percent: Int) -> String {
        distribution.day(atPercent: percent).map { $0 < 0 ? "−\(-$0) d" : "\($0) d" } ?? "–"
    }

    private func percent(_ share: Double) -> String { NumberText.fixed(share * 100, decimals: 0) + " %" }

    private func number(_ text: String) -> HTML { "<td class=\"number\">\(text)</td>" }

    /// A head that begins with # stands over numbers.
    private func table(_ heads: [String], _ rows: [[HTML]], style: String = "wide") -> HTML {
        let cells = heads.map { head -> HTML in
            head.hasPrefix("#") ? "<th class=\"number\">\(String(head.dropFirst()))</th>" : "<th>\(head)</th>"
        }
        let lines = rows.map { HTML("<tr>\($0)</tr>\n") }
        return "<table class=\"\(style)\"><thead><tr>\(cells)</tr></thead>\n<tbody>\(lines)</tbody></table>\n"
    }
}
