import Plant
import Scenario
import Units
import YAMLReading

/// Whether the rack can keep what the redundancy mode promises, with every tray at its floor.
extension ControllerReader {
    func checkTree(_ redundancy: ControllerSettings.Redundancy, _ mapping: YAMLMapping) {
        guard let rack, !rack.policies.isEmpty, !rack.definition.plant.shelves.isEmpty else { return }
        let place = mapping.optional("redundancy") ?? mapping.place
        let plant = rack.definition.plant
        var used: [Int] = []
        for shelf in plant.shelves where !used.contains(shelf.feed) { used.append(shelf.feed) }
        if redundancy == .twoFeeds, used.count < 2, countedTethers(plant) == 0 {
            place.problem(
                "redundancy N+N survives the loss of a feed, but all shelves of the rack hang on one; give the rack a second "
                    + "feed, or choose N+1")
            return
        }
        let floors = Double(rack.policies.reduce(Power.zero) { $0 + $1.floor }.milliwatts) / 1000
        checkSupplies(redundancy, plant, used, floors: floors, place)
        checkBreakers(redundancy, plant, used, floors: floors, place)
    }

    /// W of another rack's source: its tethers count where they are as strong as the supplies beside them.
    private func countedTethers(_ plant: PlantConfiguration) -> Double {
        let rating = plant.shelves.map(\.supply.ratedPower).min() ?? 0
        guard plant.tethers.allSatisfy({ $0.ratedPower >= rating }) else { return 0 }
        return plant.tethers.reduce(0) { $0 + $1.ratedPower }
    }

    private func checkSupplies(
        _ redundancy: ControllerSettings.Redundancy, _ plant: PlantConfiguration, _ used: [Int], floors: Double,
        _ place: YAMLValue
    ) {
        func rated(_ shelves: [ShelfConfiguration]) -> Double {
            shelves.reduce(0) { $0 + Double($1.supplyCount) * $1.supply.ratedPower }
        }
        let tethers = countedTethers(plant)
        let all = rated(plant.shelves) + tethers
        let left =
            switch redundancy {
            case .none: all
            case .oneSpare: all - (plant.shelves.map(\.supply.ratedPower).max() ?? 0)
            case .twoFeeds:
                all - max(tethers, used.map { feed in rated(plant.shelves.filter { $0.feed == feed }) }.max() ?? 0)
            }
        // Without a failure the supplies are judged with the budget.
        guard redundancy != .none, left < floors, all >= floors else { return }
        place.problem(
            "after the failure that \(redundancy.rawValue) survives the supplies carry \(kilowatts(left)), less than the "
                + "trays' floors, \(kilowatts(floors)); add supplies, lower the floors in the rack, or choose another redundancy"
        )
    }

    private func checkBreakers(
        _ redundancy: ControllerSettings.Redundancy, _ plant: PlantConfiguration, _ used: [Int], floors: Double,
        _ place: YAMLValue
    ) {
        func carries(_ feed: Int) -> Double {
            let efficiency = plant.shelves.filter { $0.feed == feed }.map(\.supply.fullLoadEfficiency).min() ?? 0
            return plant.feeds[feed].lastingPower * efficiency
        }
        guard used.allSatisfy(plant.feeds.indices.contains) else { return }
        let each = used.map(carries)
        let left = redundancy == .twoFeeds ? each.min() ?? 0 : each.reduce(0, +)
        guard left < floors else { return }
        let which = redundancy == .twoFeeds ? "the weaker feed's breaker alone carries" : "the feeds' breakers carry"
        place.problem(
            "\(which) \(kilowatts(left)) for ever, less than the trays' floors, \(kilowatts(floors)); take larger breakers, "
                + "lower the floors in the rack, or choose another redundancy")
    }

    private func kilowatts(_ watts: Double) -> String {
        let tenths = Int((watts / 100).rounded())
        return "\(tenths / 10).\(tenths % 10) kW"
    }
}
