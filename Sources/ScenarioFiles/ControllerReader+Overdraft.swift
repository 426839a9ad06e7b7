import Scenario
import Units
import YAMLReading

/// The time behaviour of the operator's budget.
extension ControllerReader {
    func readOverdraft(_ mapping: YAMLMapping, budget: Power?) -> Overdraft? {
        let example = "a mapping such as {energy: 60 kJ, to: 120 kW}"
        guard let fields = mapping.optional("overdraft")?.mapping(example) else { return nil }
        let energy = fields.required("energy")?.energy(in: 1...1_000_000_000)
        let place = fields.required("to")
        let limit = place?.power()
        fields.finish()
        guard let energy, let limit else { return nil }
        if let budget, limit <= budget {
            place?.problem(
                "expected an overdraft to more than the budget, \(budget.text), found \(limit.text); raise it, or leave out "
                    + "the overdraft")
        }
        return Overdraft(energy: energy, to: limit)
    }
}
