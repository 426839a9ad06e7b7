internal import RunRecords

/// Which of a run's figures answer what the scenario asks; the others are for who looks for them.
struct KeyFigures {
    /// Those that the scenario's words ask for, then those that tell of any run.
    let first: [Figure]
    let rest: [Figure]

    /// A figure and the words by which expectations and `look` speak of it. In the order of the page: what few scenarios
    /// ask for stands before what most do.
    private static let topics: [(figure: String, words: [String])] = [
        ("trays shed", ["trays-on", " shed"]),
        ("power-brake line pulled", ["brake"]),
        ("overdraft used", ["overdraft"]),
        ("grid ramp", ["input-ramp", "grid"]),
        ("grid swing", ["input-swing", "grid"]),
        ("requests served", ["request", "inference"]),
        ("communication stalls", ["stall", "links"]),
        ("late cycles", ["late-cycles"]),
        ("bus time-outs", ["timeouts", "time-out"]),
        ("fan energy", ["fan", "duty"]),
        ("work lost", ["work-lost", "work lost"]),
        ("time over budget", ["rack.budget", "operator-budget", "overdraft"]),
        ("worst overshoot", ["rack.budget", "operator-budget"]),
        ("breaker trips", ["breaker"]),
        ("trip heat left", ["breaker", "trip-heat"]),
        ("supply peak time left", ["psu-", "supplies"]),
        ("training steps", ["training"]),
        ("energy drawn", ["energy"]),
    ]
    /// Where the scenario asks for few of them.
    private static let usual = ["work lost", "time over budget", "trip heat left", "breaker trips", "grid swing"]

    /// - Parameters:
    ///   - texts: what the scenario says, expects and tells to look at.
    ///   - room: how many stand first at most.
    init(_ figures: [Figure], texts: [String], room: Int) {
        let asked = Self.topics.filter { topic in
            topic.words.contains { word in texts.contains { $0.contains(word) } }
        }.map(\.figure)
        var names: [String] = []
        for name in asked + Self.usual
        where !names.contains(name) && names.count < room && figures.contains(where: { $0.name == name }) {
            names.append(name)
        }
        first = names.compactMap { name in figures.first { $0.name == name } }
        rest = figures.filter { !names.contains($0.name) }
    }
}
