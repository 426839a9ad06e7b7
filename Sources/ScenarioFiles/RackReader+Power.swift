import DeviceSpecs
import Plant
import RegisterMaps
import Scenario
import Units
import YAMLReading

/// Feeds and shelves.
extension RackReader {
    func readFeed(_ mapping: YAMLMapping) {
        for name in groupNames(mapping, upTo: 8) {
            feedPlaces.append(mapping.optional("name") ?? mapping.place)
            feeds.append(
                FeedConfiguration(
                    name: name,
                    lineVoltage: mapping.optional("voltage")?.physical(.voltage, in: 100...1000)
                        ?? RackDefaults.lineVoltage,
                    powerFactor: mapping.optional("power-factor")?.number(in: 0.5...1) ?? RackDefaults.powerFactor,
                    breaker: readBreaker(mapping.required("breaker")), ups: readUPS(mapping.optional("ups"))))
        }
    }

    /// A feed without a shelf carries nothing, whatever else the file says of it: a slip, most likely in a shelf's "feed".
    func reportIdleFeeds() {
        guard shelfFeedsAreKnown, !shelves.isEmpty else { return }
        for (index, feed) in feeds.enumerated() where !shelves.contains(where: { $0.feed == index }) {
            feedPlaces[index].problem(
                "expected a shelf on the feed \"\(feed.name)\", found none; name it as the \"feed\" of a shelf, or leave it out"
            )
        }
    }

    private enum CurveName: String, CaseIterable {
        case veryInverse = "very-inverse"
        case extremelyInverse = "extremely-inverse"
        case upsOverload = "ups-overload"
    }

    /// A double-conversion UPS: its inverter carries 110 % for 2 min and 125 % for 30 s, its bypass 150 % for 10 s and 700 %
    /// for 5 cycles (Staco FirstLine user manual, overload table). Straight lines between them.
    private static let upsOverload = [
        CurvePoint(x: 1.1, y: 120), CurvePoint(x: 1.25, y: 30), CurvePoint(x: 1.5, y: 10), CurvePoint(x: 7, y: 0.1),
    ]

    private func readBreaker(_ value: YAMLValue?) -> BreakerConfiguration {
        let breaker = value?.mapping("a mapping such as {rated: 40 A, curve: very-inverse}")
        let configuration = BreakerConfiguration(
            ratedCurrent: breaker?.required("rated")?.physical(.current, in: 1...6300) ?? 63,
            curve: breaker.map { readCurve($0) } ?? .veryInverse(timeMultiplier: 1),
            tolerance: breaker?.optional("tolerance")?.share(in: 0...0.9) ?? RackDefaults.breakerTolerance,
            magneticMultiple: breaker?.optional("magnetic")?.number(in: 1.5...50) ?? RackDefaults.magneticMultiple,
            coolingTime: breaker?.optional("cooling")?.seconds(in: 1...36_000) ?? RackDefaults.breakerCoolingTime)
        breaker?.finish()
        return configuration
    }

    /// A named curve with a multiplier, or points `[multiple, seconds]`.
    private func readCurve(_ breaker: YAMLMapping) -> TripCurve {
        let multiplier = breaker.optional("multiplier")?.number(in: 0.01...100) ?? 1
        guard let value = breaker.optional("curve") else { return .veryInverse(timeMultiplier: multiplier) }
        if value.isSequence { return .table(readTripTable(value)) }
        switch value.choice(of: CurveName.self) {
        case .extremelyInverse: return .extremelyInverse(timeMultiplier: multiplier)
        case .upsOverload: return .table(Self.upsOverload.map { CurvePoint(x: $0.x, y: $0.y * multiplier) })
        case .veryInverse, nil: return .veryInverse(timeMultiplier: multiplier)
        }
    }

    func readTripTable(_ value: YAMLValue) -> [CurvePoint] {
        var points: [CurvePoint] = []
        for row in value.list() ?? [] {
            guard let pair = row.list("a point such as [1.3, 111 s]") else { continue }
            guard pair.count == 2 else {
                row.expected("a multiple of the rated current and a time such as [1.3, 111 s]")
                continue
            }
            guard let multiple = pair[0].number(in: 1...100), let time = pair[1].seconds(in: 0.001...36_000) else {
                continue
            }
            if let last = points.last, multiple <= last.x || time >= last.y {
                row.problem("expected a greater multiple and a shorter time than in the point before")
            }
            points.append(CurvePoint(x: multiple, y: time))
        }
        if points.count < 2 { value.problem("expected at least two points, found \(points.count)") }
        return points
    }

    func readShelf(_ mapping: YAMLMapping) {
        let names = groupNames(mapping, upTo: 64)
        let feedIndices = readShelfFeeds(mapping.required("feed"))
        // A shelf without a readable name or count may be several.
        if feedIndices.isEmpty || names.isEmpty { shelfFeedsAreKnown = false }
        guard let supplies = mapping.required("supplies")?.mapping("a mapping with count, spec, bus and first-unit")
        else {
            shelfFeedsAreKnown = false
            return
        }
        let count = supplies.required("count")?.integer(in: 1...16) ?? 1
        let supply = readSupply(supplies)
        checkBusbar(supply, supplies)
        let devices = DeviceGroup(supplies, membersEach: count)
        supplies.finish()
        let parts = readParts(mapping) { if case .shelf(let key, let name) = $0 { (key, name) } else { nil } }
        for (index, name) in names.enumerated() {
            let feed = feedIndices.isEmpty ? 0 : feedIndices[index % feedIndices.count]
            let shelf = shelves.count
            shelves.append(ShelfConfiguration(name: name, feed: feed, supplyCount: count, supply: supply))
            for slot in 0..<count {
                place(
                    devices, group: index, member: slot, path: "\(name)/psu-\(slot + 1)",
                    attachment: .supply(shelf: shelf, slot: slot), deviceClass: .powerSupply)
            }
            for part in parts {
                place(
                    part.devices, group: index, member: 0, path: "\(name)/\(part.name)", attachment: .shelf(shelf),
                    deviceClass: part.deviceClass)
            }
        }
        report(devices)
        reportMisfits(devices, supply)
        for part in parts { report(part.devices) }
    }

    /// All shelves feed one busbar.
    private func checkBusbar(_ supply: SupplyConfiguration, _ mapping: YAMLMapping) {
        guard let first = shelves.first else { return }
        let level = BusbarLevel(noLoadVoltage: first.supply.noLoadVoltage)
        guard BusbarLevel(noLoadVoltage: supply.noLoadVoltage) != level else { return }
        (mapping.optional("voltage") ?? mapping.place).problem(
            "expected supplies of about \(YAMLValue.text(first.supply.noLoadVoltage)) V as in \"\(first.name)\", since all "
                + "stand on one busbar, found \(YAMLValue.text(supply.noLoadVoltage)) V")
    }

    /// A type whose own map says that it is made for another busbar.
    private func reportMisfits(_ devices: DeviceGroup, _ supply: SupplyConfiguration) {
        let first = devices.specification.flatMap { specification in devices.spec.map { (specification, $0) } }
        for (specification, place) in [first].compactMap({ $0 }) + devices.alternatives {
            guard let misfit = specification.misfit(onBusbarOf: supply) else { continue }
            place.problem("\(misfit); state their \"voltage\", such as 12.5 V, or name another type")
        }
    }

    private func readShelfFeeds(_ value: YAMLValue?) -> [Int] {
        guard let value else { return [] }
        let places = value.isSequence ? value.list() ?? [] : [value]
        return places.compactMap { place in
            guard let name = place.string("the name of a feed") else { return nil }
            if let index = feeds.firstIndex(where: { $0.name == name }) { return index }
            // A rack without feeds has been told already.
            if feeds.isEmpty { return nil }
            shelfFeedsAreKnown = false
            place.problem("unknown feed \"\(name)\"\(Nearness.hint(for: name, among: feeds.map(\.name)))")
            return nil
        }
    }

    private func readSupply(_ mapping: YAMLMapping) -> SupplyConfiguration {
        var supply = RackDefaults.supply
        if let rated = mapping.optional("rated")?.watts(in: 100...100_000) {
            supply.ratedPower = rated
            supply.peakPower = rated * RackDefaults.peakRatio
            supply.holdUpEnergy = rated * RackDefaults.holdUpTime
        }
        if let place = mapping.optional("peak"), let peak = place.watts(in: 100...200_000) {
            if peak < supply.ratedPower {
                place.problem("expected a peak of at least the rated power, found \(place.found)")
            }
            supply.peakPower = peak
        }
        supply.peakTime = mapping.optional("peak-time")?.seconds(in: 0.001...3600) ?? supply.peakTime
        supply.noLoadVoltage = mapping.optional("voltage")?.physical(.voltage, in: 10...1000) ?? supply.noLoadVoltage
        // On 12.5 V the same share of the voltage; typical.
        if BusbarLevel(noLoadVoltage: supply.noLoadVoltage) == .twelve {
            supply.droop = RackDefaults.droopOnTwelveVolts
        }
        supply.droop = mapping.optional("droop")?.physical(.voltage, in: 0.001...20) ?? supply.droop
        // What is left at full load must be a voltage.
        if supply.droop > supply.noLoadVoltage / 2 {
            (mapping.optional("droop") ?? mapping.place).problem(
                "expected a droop of at most half the voltage without load, "
                    + "\(YAMLValue.text(supply.noLoadVoltage)) V, found \(YAMLValue.text(supply.droop)) V")
        }
        supply.holdUpEnergy = mapping.optional("hold-up")?.physical(.energy, in: 0...10_000) ?? supply.holdUpEnergy
        if let notice = mapping.optional("loss-notice"), notice.scalarText != "line" {
            supply.lossNotice = notice.physical(.voltage, in: 0.1...20).map { .drop($0) } ?? supply.lossNotice
        }
        supply.shareTolerance = mapping.optional("share-tolerance")?.share(in: 0...0.5) ?? supply.shareTolerance
        if let curve = mapping.optional("efficiency").flatMap({ AcceleratorFile.curve($0) }) {
            supply.efficiency = curve
        }
        return supply
    }
}
