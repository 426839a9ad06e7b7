public import Delivery
internal import Foundation

/// `bringup.json`: a forecast for programs.
public enum DeliveryFile {
    public static func json(for forecast: DeliveryForecast, command: String, version: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = Document(forecast, command: command, version: version)
        return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
    }

    /// The keys are a promise to other programs: a change here is a change of the format. Days count from the order.
    private struct Document: Encodable {
        struct Days: Encodable {
            var p10, p50, p90: Int?

            init(_ distribution: DayDistribution) {
                (p10, p50, p90) = (
                    distribution.day(atPercent: 10), distribution.day(atPercent: 50), distribution.day(atPercent: 90)
                )
            }
        }

        struct Rack: Encodable {
            var rack: Int
            var days: Days
            var waitsMostOftenFor: String
        }

        struct Wait: Encodable {
            var waitsFor: String
            var share: Double
            var shareOfLastRack: Double
            var days: Days
        }

        struct Bought: Encodable {
            var part, item, supplier: String
            var ordered, fromStock, leftOver: Int

            init(_ purchase: Purchase) {
                (part, item, supplier) = (purchase.part, purchase.item, purchase.supplier)
                (ordered, fromStock, leftOver) = (purchase.ordered, purchase.fromStock, purchase.leftOver)
            }
        }

        struct Way: Encodable {
            var boughtFrom: String
            var isAsItStands: Bool
            var racks: [Rack]
            var waits: [Wait]
            var placeWaitShare: Double
            var placeWaitDays: Days
            var purchases: [Bought]
            /// How much earlier the last rack is than as it stands, in the same future.
            var lastRackEarlier: Days?
            var rackDaysEarlier: Double?
        }

        struct Order: Encodable {
            var racks: Int
            var placed: String?
            var neededDays: Int?
            var bringUpDays: Int
            var places: Int?
            var buying: String
        }

        var format = "busbar-delivery-1"
        var version: String
        var command: String
        var bill: String
        var rack: String
        var seed: UInt64
        var samples: Int
        var order: Order
        var inTime: Bool?
        var ways: [Way]

        init(_ forecast: DeliveryForecast, command: String, version: String) {
            self.version = version
            self.command = command
            let placed = forecast.bill.order
            (bill, rack, seed, samples) = (
                forecast.bill.name, forecast.bill.rack, forecast.seed, forecast.samples
            )
            order = Order(
                racks: placed.racks, placed: placed.placed.map { "\($0)" }, neededDays: placed.neededDays,
                bringUpDays: placed.bringUpDays, places: placed.places, buying: placed.buying.rawValue)
            inTime = forecast.isInTime
            ways = forecast.ways.enumerated().map { index, way in
                Way(
                    boughtFrom: forecast.title(of: way.sourcing), isAsItStands: index == forecast.standing,
                    racks: way.racks.enumerated().map { rack, days in
                        Rack(
                            rack: rack + 1, days: Days(days),
                            waitsMostOftenFor: forecast.title(of: way.gates[way.gateOfRack[rack]]))
                    },
                    waits: way.gates.map {
                        Wait(
                            waitsFor: forecast.title(of: $0), share: $0.share, shareOfLastRack: $0.shareOfLastRack,
                            days: Days($0.days))
                    },
                    placeWaitShare: way.placeWaitShare, placeWaitDays: Days(way.placeWaits),
                    purchases: way.purchases.map(Bought.init),
                    lastRackEarlier: way.change.map { Days($0.lastRackEarlier) },
                    rackDaysEarlier: way.change?.rackDays)
            }
        }
    }
}
