public import ArgumentParser
public import Scenario

extension ControllerSettings.Law: ExpressibleByArgument {}
extension ControllerSettings.Redundancy: ExpressibleByArgument {}

/// `a,b,c` or `all` of `--law`.
struct LawList: ExpressibleByArgument {
    var laws: [ControllerSettings.Law]

    /// Every word once, in the order given.
    init?(argument: String) {
        laws = []
        for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
            let named = ControllerSettings.Law(rawValue: String(word)).map { [$0] }
            guard let found = word == "all" ? ControllerSettings.Law.allCases : named else { return nil }
            for law in found where !laws.contains(law) { laws.append(law) }
        }
    }

    static var words: String { ControllerSettings.Law.allCases.map(\.rawValue).joined(separator: ", ") }
}
