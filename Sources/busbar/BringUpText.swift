internal import Delivery
internal import Foundation

/// What a forecast prints for people.
struct BringUpText {
    let text: String

    init(_ forecast: DeliveryForecast) {
        let parts = [
            Self.head(forecast), Self.racks(forecast), Self.gates(forecast), Self.ways(forecast),
            Self.purchases(forecast),
        ]
        text = parts.joined(separator: "\n\n") + "\n"
    }

    private static func head(_ forecast: DeliveryForecast) -> String {
        let order = forecast.bill.order
        let placed = order.placed.map { ", ordered \($0)" } ?? ""
        var lines = [
            "\(forecast.bill.name)   \(ScenarioLoading.count(order.racks, "rack")) of \(forecast.bill.rack)\(placed)   "
                + "\(forecast.samples) futures   seed \(forecast.seed)"
        ]
        let places = order.places.map { ", \($0) at a time" } ?? ""
        lines.append("  a rack takes \(order.bringUpDays) d to bring up\(places); days count from the order")
        if let needed = order.neededDays, let isInTime = forecast.isInTime {
            let standing = forecast.asItStands
            let safe = standing.racks(by: needed, atPercent: DeliveryForecast.safePercent)
            lines.append(
                "  \(isInTime ? "held  " : "FAILED")  wanted by \(forecast.text(ofDay: needed)) (\(needed) d): "
                    + "\(safe) of \(order.racks) racks at P90, all of them in "
                    + "\(percent(standing.lastRack.share(by: needed))) of the futures")
        }
        return lines.joined(separator: "\n")
    }

    private static func racks(_ forecast: DeliveryForecast) -> String {
        let standing = forecast.asItStands
        var rows = [["rack", "P10", "P50", "P90", "waits most often for"]]
        for rack in forecast.shownRacks {
            let days = [10, 50, 90].map { day(standing.racks[rack].day(atPercent: $0), forecast) }
            rows.append(["\(rack + 1)"] + days + [forecast.title(of: standing.gates[standing.gateOfRack[rack]])])
        }
        return "energised, as it stands\n" + table(rows, leftAligned: [4])
    }

    private static func gates(_ forecast: DeliveryForecast) -> String {
        var rows = [["waits for", "racks", "last rack", "by P50", "P90"]]
        for gate in forecast.asItStands.gates {
            rows.append([
                forecast.title(of: gate), percent(gate.share), percent(gate.shareOfLastRack),
                days(gate.days.day(atPercent: 50)), days(gate.days.day(atPercent: 90)),
            ])
        }
        let standing = forecast.asItStands
        let waits = standing.placeWaits
        let places =
            waits.total == 0
            ? ""
            : "\n  \(percent(standing.placeWaitShare)) of the racks stood complete and waited for a place: "
                + "P50 \(days(waits.day(atPercent: 50))), P90 \(days(waits.day(atPercent: 90)))"
        return "what holds racks up, as it stands: how often, and by how many days\n" + table(rows, leftAligned: [0])
            + places
    }

    private static func ways(_ forecast: DeliveryForecast) -> String {
        var rows = [["bought from", "P10", "P50", "P90", "earlier P10", "P50", "P90", "rack-days"]]
        for way in forecast.ways {
            let when = [10, 50, 90].map { day(way.lastRack.day(atPercent: $0), forecast) }
            let change = way.change.map { change in
                [10, 50, 90].map { days(change.lastRackEarlier.day(atPercent: $0)) }
                    + [String(format: "%.0f", change.rackDays)]
            }
            rows.append([forecast.title(of: way.sourcing)] + when + (change ?? ["-", "-", "-", "-"]))
        }
        return "the last rack, by who is bought from, and how much earlier than as it stands in the same future\n"
            + table(rows, leftAligned: [0])
    }

    private static func purchases(_ forecast: DeliveryForecast) -> String {
        var rows = [["part", "bought", "from", "order", "from stock", "left over"]]
        for purchase in forecast.asItStands.purchases {
            rows.append([
                purchase.part, purchase.item, purchase.supplier, "\(purchase.ordered)", "\(purchase.fromStock)",
                "\(purchase.leftOver)",
            ])
        }
        return "orders, as it stands\n" + table(rows, leftAligned: [0, 1, 2])
    }

    // MARK: Words

    private static func day(_ day: Int?, _ forecast: DeliveryForecast) -> String {
        guard let day else { return "-" }
        return forecast.bill.order.placed == nil ? "\(day) d" : "\(forecast.text(ofDay: day)) (\(day) d)"
    }

    /// Days, with a minus sign where they are lost.
    private static func days(_ day: Int?) -> String { day.map { $0 < 0 ? "−\(-$0) d" : "\($0) d" } ?? "-" }

    private static func percent(_ share: Double) -> String { String(format: "%.0f %%", share * 100) }

    private static func table(_ rows: [[String]], leftAligned: Set<Int>) -> String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { index, cell in
                let gap = String(repeating: " ", count: widths[index] - cell.count)
                return leftAligned.contains(index) ? cell + gap : gap + cell
            }
            return "  " + cells.joined(separator: "  ").trimmedAtEnd
        }.joined(separator: "\n")
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
