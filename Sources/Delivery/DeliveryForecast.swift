/// What is bought of a part from one source.
public struct Purchase: Sendable, Hashable {
    public var part: String
    public var supplier: String
    public var item: String
    /// The order, at least the minimum; 0 when the stock does.
    public var ordered: Int
    public var fromStock: Int
    /// Delivered and not needed.
    public var leftOver: Int
}

/// What racks waited for, and for how long.
public struct Gate: Sendable {
    public enum Kind: Hashable, Sendable {
        /// The delivery without which the rack would have been earlier. Indices in the bill.
        case part(Int, source: Int)
        /// None: all was in stock on the day of the order.
        case stock
    }

    public var kind: Kind
    /// Of all racks in all futures, the share that waited for this, 0...1.
    public var share: Double
    /// The same of the last rack alone.
    public var shareOfLastRack: Double
    /// By how many days such a rack would have been earlier without it: from what came last but one.
    public var days: DayDistribution
}

/// The order filled in one way, over all futures.
public struct SourcingForecast: Sendable {
    /// Against the order as it stands, future by future.
    public struct Change: Sendable {
        /// Days that the last rack is earlier; later ones are negative.
        public var lastRackEarlier: DayDistribution
        /// Days that the racks together are earlier, in the mean.
        public var rackDays: Double
    }

    public var sourcing: Sourcing
    public var purchases: [Purchase]
    /// By rack, the day on which it is energised, counted from the order.
    public var racks: [DayDistribution]
    /// Those that any rack waited for, the most frequent first.
    public var gates: [Gate]
    /// By rack, the most frequent gate as an index in `gates`.
    public var gateOfRack: [Int]
    /// Days that racks stood complete and waited for a place to be brought up at; those that did not wait are not counted.
    public var placeWaits: DayDistribution
    /// `nil` for the order as it stands.
    public var change: Change?

    public var lastRack: DayDistribution { racks.last ?? DayDistribution() }

    /// Of all racks in all futures, the share that waited for a place, 0...1.
    public var placeWaitShare: Double {
        Double(placeWaits.total) / Double(max(1, racks.count * lastRack.total))
    }

    /// How many racks are energised by the end of a day with at least this chance, in per cent.
    public func racks(by day: Int, atPercent percent: Int) -> Int {
        racks.prefix { ($0.day(atPercent: percent) ?? .max) <= day }.count
    }
}

/// When an order's racks can be energised, for each way of filling it.
public struct DeliveryForecast: Sendable {
    public var bill: BillOfParts
    public var seed: UInt64
    /// Futures drawn; the same ones for each way.
    public var samples: Int
    public var ways: [SourcingForecast]
    /// Index in `ways` of the order as it stands: first sources and those second ones that are qualified.
    public var standing: Int

    public var asItStands: SourcingForecast { ways[standing] }

    /// Whether all racks make the day by which they are wanted in nine of ten futures; `nil` when the bill names no day.
    public var isInTime: Bool? {
        bill.order.neededDays.map { asItStands.racks(by: $0, atPercent: Self.safePercent) == bill.order.racks }
    }

    /// The chance at which a day counts as safe: P90, the planners' usual.
    public static let safePercent = 90
}
