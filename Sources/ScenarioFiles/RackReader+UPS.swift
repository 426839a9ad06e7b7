import Plant
import YAMLReading

/// The UPS of a feed.
extension RackReader {
    /// `nil` where the feed has none.
    func readUPS(_ value: YAMLValue?) -> UPSConfiguration? {
        guard let ups = value?.mapping("a mapping such as {rated: 30 kW, autonomy: 5 min}") else { return nil }
        let overload = ups.optional("overload").map { readOverload($0) }
        let bypass = ups.optional("bypass").map { readOverload($0) }
        let configuration = UPSConfiguration(
            ratedPower: ups.required("rated")?.watts(in: 1000...10_000_000) ?? 100_000,
            inverterOverload: overload ?? UPSConfiguration.typicalInverterOverload,
            bypassOverload: bypass ?? UPSConfiguration.typicalBypassOverload,
            autonomy: ups.optional("autonomy")?.seconds(in: 0...86_400) ?? RackDefaults.upsAutonomy)
        ups.finish()
        return configuration
    }

    /// Points `[share of the rating, time]`.
    private func readOverload(_ value: YAMLValue) -> [CurvePoint] {
        var points: [CurvePoint] = []
        for row in value.list("a list of points such as [110 %, 2 min]") ?? [] {
            guard let pair = row.list("a point such as [110 %, 2 min]") else { continue }
            guard pair.count == 2 else {
                row.expected("a share of the rated power and a time such as [110 %, 2 min]")
                continue
            }
            guard let share = pair[0].share(in: 1...20), let time = pair[1].seconds(in: 0.01...36_000) else { continue }
            if let last = points.last, share <= last.x || time >= last.y {
                row.problem("expected a greater share and a shorter time than in the point before")
            }
            points.append(CurvePoint(x: share, y: time))
        }
        if points.isEmpty { value.problem("expected at least one point such as [110 %, 2 min], found none") }
        return points
    }
}
