import Plant
import YAMLReading

/// An accelerator type as its file states it. A power that nobody has published is absent, and the rack that uses the type
/// must state its own.
public struct AcceleratorType: Sendable {
    enum Amount: Sendable {
        case watts(Double)
        /// Of the rated power, 0...1.
        case shareOfRated(Double)
    }

    /// The powers that may be absent, by their keys in the type's file and in the rack's.
    static let powers = ["rated-power", "idle-power", "minimum-limit", "brake-power"]

    /// Without its powers.
    private var model: AcceleratorModel
    /// In the order of `powers`; `nil` = not published.
    private var amounts: [Amount?]

    init(model: AcceleratorModel, amounts: [Amount?]) {
        self.model = model
        self.amounts = amounts
    }

    public var name: String { model.name }

    /// The powers, by their keys, that a rack must state.
    public var unpublished: [String] {
        Self.powers.indices.filter { amounts[$0] == nil }.map { Self.powers[$0] }
    }

    /// The model with the rack's own powers in the place of the type's, as its
    /// `{model: h20, count: 8, rated-power: 380 W}` states them. What is still missing is a mistake of `place`, where the
    /// type is named; `nil` then.
    func model(in mapping: YAMLMapping, named place: YAMLValue) -> AcceleratorModel? {
        var stated = amounts
        var changed: YAMLValue?
        for (index, key) in Self.powers.enumerated() {
            guard let own = mapping.optional(key) else { continue }
            // Its own mistake, once.
            guard let watts = own.watts(in: 1...20_000) else { return nil }
            stated[index] = .watts(watts)
            changed = own
        }
        let missing = Self.powers.indices.filter { stated[$0] == nil }.map { Self.powers[$0] }
        guard missing.isEmpty else {
            let words = missing.map { "\"\($0)\"" }.joined(separator: ", ")
            place.problem(
                "nothing is published about \(words) of \"\(name)\"; state your own beside the model, "
                    + "such as \(missing[0]): 500 W")
            return nil
        }
        let result = model(with: stated)
        if let changed {
            for order in Self.wrongOrders(of: result, knowing: stated) { changed.problem(order) }
        }
        return result
    }

    /// What is wrong with the order of the powers, as far as the type has them.
    var wrongOrders: [String] { Self.wrongOrders(of: model(with: amounts), knowing: amounts) }

    private func model(with amounts: [Amount?]) -> AcceleratorModel {
        var result = model
        let rated = Self.watts(amounts[0], rated: 0)
        result.ratedPower = rated
        result.idlePower = Self.watts(amounts[1], rated: rated)
        result.minimumLimit = Self.watts(amounts[2], rated: rated)
        result.brakePower = Self.watts(amounts[3], rated: rated)
        return result
    }

    private static func watts(_ amount: Amount?, rated: Double) -> Double {
        switch amount {
        case .watts(let watts): watts
        case .shareOfRated(let share): share * rated
        case nil: 0
        }
    }

    /// A power that is not known is in no wrong order; a rack's rated power decides what a share of it is.
    private static func wrongOrders(of model: AcceleratorModel, knowing amounts: [Amount?]) -> [String] {
        func watts(_ value: Double) -> String { "\(YAMLValue.text(value)) W" }
        func areKnown(_ indices: [Int]) -> Bool { indices.allSatisfy { amounts[$0] != nil } }
        var found: [String] = []
        if areKnown([0, 1, 2]), !(model.idlePower < model.minimumLimit && model.minimumLimit <= model.ratedPower) {
            found.append(
                "expected idle-power < minimum-limit <= rated-power, found \(watts(model.idlePower)), "
                    + "\(watts(model.minimumLimit)) and \(watts(model.ratedPower))")
        }
        if areKnown([0, 1, 3]), !(model.idlePower <= model.brakePower && model.brakePower < model.ratedPower) {
            found.append(
                "expected idle-power <= brake-power < rated-power, found \(watts(model.idlePower)), "
                    + "\(watts(model.brakePower)) and \(watts(model.ratedPower))")
        }
        return found
    }
}
