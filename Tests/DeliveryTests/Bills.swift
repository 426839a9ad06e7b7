import Delivery

/// Small bills whose answers can be reckoned by hand.
enum Bills {
    static let made = Provenance(mark: .invented, source: "a test")

    static func source(
        _ supplier: String, _ leadTime: LeadTime, item: String = "part", stock: Int = 0, minimumOrder: Int = 1,
        lots: PartSource.Lots? = nil, qualification: PartSource.Qualification = .qualified
    ) -> PartSource {
        PartSource(
            supplier: supplier, item: item, leadTime: leadTime, provenance: made, stock: stock,
            minimumOrder: minimumOrder, lots: lots, qualification: qualification)
    }

    static func part(_ name: String, _ count: Int = 1, _ sources: PartSource...) -> BillPart {
        BillPart(name: name, countPerRack: count, sources: sources)
    }

    static func bill(_ order: RackOrder, _ parts: BillPart...) -> BillOfParts {
        BillOfParts(name: "small", rack: "small", order: order, parts: parts)
    }

    static func forecast(_ bill: BillOfParts, seed: UInt64 = 1, samples: Int = 1) -> DeliveryForecast {
        BringUpCampaign(bill, seed: seed, samples: samples).forecast()
    }

    /// The days of all racks in a bill without chance.
    static func days(_ forecast: SourcingForecast) -> [Int] { forecast.racks.compactMap { $0.day(atPercent: 50) } }
}
