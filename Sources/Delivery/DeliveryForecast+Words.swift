extension DeliveryForecast {
    /// How tables and pages name a way of filling the order.
    public func title(of sourcing: Sourcing) -> String {
        switch sourcing {
        case .firstSources: standing == 0 ? "as it stands: first sources alone" : "first sources alone"
        case .qualifiedSources: "as it stands: qualified second sources too"
        case .qualifying(let part, let source): "qualifying \(title(ofSource: source, part: part))"
        case .qualifyingAll: "qualifying every second source"
        }
    }

    /// `busbar-pm-2 of Maker B, for busbar-pm-1`.
    public func title(ofSource source: Int, part: Int) -> String {
        let own = bill.parts[part]
        let seller = own.sources[source]
        let place = seller.item == own.name ? "" : ", for \(own.name)"
        return "\(seller.item) of \(seller.supplier)\(place)"
    }

    public func title(of gate: Gate) -> String {
        switch gate.kind {
        case .part(let part, let source): title(ofSource: source, part: part)
        case .stock: "nothing: all is in stock"
        }
    }

    /// A day after the order as people read it: the calendar's where the order has a date.
    public func text(ofDay day: Int) -> String {
        bill.order.placed.map { "\($0 + day)" } ?? "\(day) d"
    }

    /// The racks that a table shows: all of a dozen, else the first, the last, and every so many between.
    public var shownRacks: [Int] {
        let count = bill.order.racks
        let limit = 12
        guard count > limit else { return Array(0..<count) }
        return (0..<limit).map { $0 * (count - 1) / (limit - 1) }
    }
}
