import Plant
import Scenario
import YAMLReading

/// Reads what the accelerators are asked to do.
struct WorkloadReader {
    let file: String
    let library: ModelLibrary
    /// `nil` when it could not be read: then names of trays are not judged.
    let rack: RackDefinition?

    private static let kinds = ["constant", "step", "ramp", "training", "inference", "replay"]

    private static let examples = [
        (kind: "step", text: "from: 20 %, to: 90 %, at: 1 min"),
        (kind: "ramp", text: "from: 20 %, to: 90 %, start: 1 min, end: 2 min"),
        (kind: "training", text: "period: 1.5 s, duty: 80 %, peak: 100 %, trough: 30 %"),
        (kind: "inference", text: "trace: bursty, demand: 80 %"), (kind: "replay", text: "csv: recorded.csv"),
    ]

    /// One workload for every tray with accelerators, or a list of workloads with their trays.
    func read(_ value: YAMLValue?) -> [WorkloadAssignment] {
        guard let value else { return [] }
        let working = rack?.plant.trays.indices.filter { rack?.plant.trays[$0].acceleratorCount ?? 0 > 0 } ?? []
        if rack != nil, working.isEmpty {
            value.problem("expected a rack with accelerators to work on this, found none")
        }
        guard value.isSequence else {
            guard let mapping = value.mapping("a mapping such as {constant: 80 %}") else { return [] }
            let assignments = readKinds(mapping, on: working)
            mapping.finish()
            return assignments
        }
        var taken: [Int] = []
        return (value.list() ?? []).flatMap { item -> [WorkloadAssignment] in
            guard let mapping = item.mapping("a mapping such as {trays: [tray-1], constant: 80 %}") else { return [] }
            let trays = readTrays(mapping.required("trays"), working, &taken)
            let assignments = readKinds(mapping, on: trays)
            mapping.finish()
            return assignments
        }
    }

    /// One workload for all of the trays; or, with a `training-share`, training on so many of them, rounded to whole trays
    /// and from the first one on, and inference on the others.
    private func readKinds(_ mapping: YAMLMapping, on trays: [Int]) -> [WorkloadAssignment] {
        guard let place = mapping.optional("training-share") else {
            return readKind(mapping).map { [WorkloadAssignment(trays: trays, workload: $0)] } ?? []
        }
        let share = place.share()
        let kinds = Self.kinds.filter { mapping.optional($0) != nil }
        guard kinds == ["training", "inference"] else {
            let words = kinds.isEmpty ? "none" : kinds.joined(separator: " and ")
            place.problem(
                "expected \"training\" and \"inference\" beside the share of trays that train, found \(words)")
            return []
        }
        let training = readKind(mapping, named: "training")
        let inference = readKind(mapping, named: "inference")
        guard let share, let training, let inference else { return [] }
        let count = Int((share * Double(trays.count)).rounded())
        let mixed = [
            WorkloadAssignment(trays: Array(trays.prefix(count)), workload: training),
            WorkloadAssignment(trays: Array(trays.dropFirst(count)), workload: inference),
        ]
        return mixed.filter { !$0.trays.isEmpty }
    }

    private func readTrays(_ value: YAMLValue?, _ working: [Int], _ taken: inout [Int]) -> [Int] {
        guard let rack, let places = value?.list("a list of trays") else { return [] }
        let names = working.map { rack.plant.trays[$0].name }
        var trays: [Int] = []
        for place in places {
            guard let name = place.string("the name of a tray") else { continue }
            guard let index = working.first(where: { rack.plant.trays[$0].name == name }) else {
                place.problem("unknown tray with accelerators \"\(name)\"\(Nearness.hint(for: name, among: names))")
                continue
            }
            if taken.contains(index) { place.problem("the tray \"\(name)\" has a workload already") }
            taken.append(index)
            trays.append(index)
        }
        return trays
    }

    private func readKind(_ mapping: YAMLMapping) -> WorkloadConfiguration? {
        let found = Self.kinds.filter { mapping.optional($0) != nil }
        guard found.count == 1 else {
            let words = found.isEmpty ? "none" : found.joined(separator: " and ")
            mapping.place.problem("expected one workload of \(Self.kinds.joined(separator: ", ")), found \(words)")
            return nil
        }
        return readKind(mapping, named: found[0])
    }

    private func readKind(_ mapping: YAMLMapping, named kind: String) -> WorkloadConfiguration? {
        guard let value = mapping.optional(kind) else { return nil }
        if kind == "constant" { return value.share().map { .constant(load: $0) } }
        let example = Self.examples.first { $0.kind == kind }?.text ?? ""
        guard let fields = value.mapping("a mapping such as {\(example)}") else { return nil }
        defer { fields.finish() }
        switch kind {
        case "step": return readStep(fields)
        case "ramp": return readRamp(fields)
        case "training": return .training(readTraining(fields))
        case "inference": return readInference(fields).map { .inference($0) }
        default: return readReplay(fields)
        }
    }

    private func readStep(_ fields: YAMLMapping) -> WorkloadConfiguration? {
        let (from, to) = (fields.required("from")?.share(), fields.required("to")?.share())
        guard let at = fields.required("at")?.seconds(), let from, let to else { return nil }
        return .step(from: from, to: to, at: at)
    }

    private func readRamp(_ fields: YAMLMapping) -> WorkloadConfiguration? {
        let (from, to) = (fields.required("from")?.share(), fields.required("to")?.share())
        let start = fields.required("start")?.seconds()
        guard let place = fields.required("end"), let end = place.seconds(), let start, let from, let to else {
            return nil
        }
        if end <= start { place.problem("expected an end after the start, found \(place.found)") }
        return .ramp(from: from, to: to, start: start, end: end)
    }

    /// Defaults: middle of the ranges typical of synchronous training, period 0.3...5 s, duty 70...95 %, trough
    /// 20...60 % of rated power; no checkpoints, no stalls.
    private func readTraining(_ fields: YAMLMapping) -> TrainingConfiguration {
        let stalls = readStalls(fields.optional("stalls"))
        let training = TrainingConfiguration(
            stepPeriod: fields.optional("period")?.seconds(in: 0.05...600) ?? 1.5,
            duty: fields.optional("duty")?.share(in: 0.01...1) ?? 0.8, peak: fields.optional("peak")?.share() ?? 1,
            trough: fields.optional("trough")?.share() ?? 0.3,
            checkpointEvery: fields.optional("checkpoint-every")?.seconds() ?? 0,
            checkpointLength: fields.optional("checkpoint-length")?.seconds(in: 0...3600) ?? 5,
            jitter: fields.optional("jitter")?.share(in: 0...0.5) ?? 0.02, stallChance: stalls.chance,
            stallLength: stalls.length)
        if training.trough > training.peak, let place = fields.optional("trough") {
            place.problem("expected a trough of at most the peak, found \(place.found)")
        }
        return training
    }

    /// Of each step's exchange: how likely a slow link stalls it, and for how long on average.
    private func readStalls(_ value: YAMLValue?) -> (chance: Double, length: Double) {
        guard let fields = value?.mapping("a mapping such as {chance: 5 %, length: 800 ms}") else { return (0, 0) }
        let (chance, length) = (fields.required("chance")?.share(), fields.required("length")?.seconds(in: 0...600))
        fields.finish()
        return (chance ?? 0, length ?? 0)
    }

    /// Defaults: eight accelerators of 148 TFLOP/s that serve a dense model of 70 billion parameters: 4000 tokens/s of
    /// prefill are 560 TFLOP/s, just below half of the peak. Prefill at full load, decode at 40...70 % of it; typical.
    /// Prefill outweighs decode, so that a mean load of 90 % can be reached.
    private func readInference(_ fields: YAMLMapping) -> InferenceConfiguration? {
        let requests = fields.required("trace").flatMap { readTrace($0) }
        let demand = fields.required("demand")?.share(in: 0...1)
        let inference = InferenceConfiguration(
            requests: requests ?? [], demand: demand ?? 0,
            prefillRate: fields.optional("prefill-rate")?.compound(.tokenRate, in: 1...10_000_000) ?? 4_000,
            decodeRate: fields.optional("decode-rate")?.compound(.tokenRate, in: 1...10_000_000) ?? 4_000,
            batchLimit: fields.optional("batch-limit")?.integer(in: 1...10_000) ?? 64,
            prefillLoad: fields.optional("prefill-load")?.share() ?? 1,
            decodeLoad: fields.optional("decode-load")?.share() ?? 0.6)
        return requests != nil && demand != nil ? inference : nil
    }

    /// A built-in sample by its name, or a file by its path relative to the scenario.
    private func readTrace(_ place: YAMLValue) -> [InferenceRequest]? {
        guard let word = place.string("a built-in trace such as bursty, or the path of a .csv file") else { return nil }
        guard word.hasSuffix(".csv") else {
            if let requests = library.builtInTrace(word) { return requests }
            place.expected("a built-in trace such as bursty, or the path of a .csv file")
            return nil
        }
        let (requests, problems) = TraceFile.loadRequests(path: ProjectFiles.path(word, relativeTo: file))
        report(problems, at: place)
        return requests
    }

    private func readReplay(_ fields: YAMLMapping) -> WorkloadConfiguration? {
        guard let place = fields.required("csv"), let word = place.string("the path of a .csv file") else { return nil }
        let (points, problems) = TraceFile.loadReplay(path: ProjectFiles.path(word, relativeTo: file))
        report(problems, at: place)
        return points.map { .replay($0) }
    }

    /// A file that is not there is a mistake of who names it.
    private func report(_ problems: [Problem], at place: YAMLValue) {
        if let problem = problems.first, problem.isUnreadableFile {
            place.problem("\(problem.file) \(problem.text)")
        } else {
            library.add(problems)
        }
    }
}
