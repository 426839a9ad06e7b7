import Plant
public import YAMLReading

/// An accelerator type as data: every value with a mark that says how well it is known, and the source it came from.
public enum AcceleratorFile {
    public static func load(model: String, files: ProjectFiles) -> (AcceleratorType?, [Problem]) {
        let path = files.path("Accelerators", "\(model).yaml")
        switch ProjectFiles.text(at: path) {
        case .failure(let trouble): return (nil, [trouble.problem])
        case .success(let text): return read(text, file: path, model: model)
        }
    }

    static func read(_ text: String, file: String, model: String) -> (AcceleratorType?, [Problem]) {
        let log = ProblemLog(file: file)
        guard let mapping = YAMLFile.root(of: text, log: log)?.mapping("the mapping of an accelerator") else {
            return (nil, log.problems)
        }
        if let name = mapping.required("accelerator"), let word = name.string(), word != model {
            name.expected("the name of the file, \"\(model)\"")
        }
        _ = mapping.optional("says")?.string()
        func degrees(_ key: String) -> Double { SourcedField(key, in: mapping).value?.degrees(in: 20...200) ?? 1 }
        var amounts: [AcceleratorType.Amount?] = []
        for key in AcceleratorType.powers { amounts.append(power(key, in: mapping)) }
        let accelerator = AcceleratorModel(
            name: model, idlePower: 0, ratedPower: 0, minimumLimit: 0,
            lag: SourcedField("lag", in: mapping).value?.seconds(in: 0.0001...10) ?? 1, brakePower: 0,
            throttleTemperature: degrees("throttle-temperature"),
            shutdownTemperature: degrees("shutdown-temperature"),
            throughput: SourcedField("throughput", in: mapping).value.flatMap { curve($0) } ?? [])
        mapping.finish()
        let type = AcceleratorType(model: accelerator, amounts: amounts)
        if log.problems.isEmpty, let order = type.wrongOrder { mapping.place.problem(order) }
        return log.problems.isEmpty ? (type, []) : (nil, log.problems)
    }

    /// Watts, or a share of the rated power for all but this itself; `nil` where the file says that none is published.
    private static func power(_ key: String, in mapping: YAMLMapping) -> AcceleratorType.Amount? {
        guard let value = SourcedField(key, in: mapping, mayBeUnpublished: true).value else { return nil }
        if key != AcceleratorType.powers[0], value.scalarText?.hasSuffix("%") == true {
            return value.share().map { .shareOfRated($0) }
        }
        return value.watts(in: 0...20_000).map { .watts($0) }
    }

    /// `[[0 %, 0 %], [50 %, 80 %], …]` with rising x.
    static func curve(_ value: YAMLValue) -> [CurvePoint]? {
        guard let rows = value.list("a list of points such as [[0 %, 0 %], [100 %, 100 %]]") else { return nil }
        var points: [CurvePoint] = []
        for row in rows {
            guard let pair = row.list("a point such as [50 %, 80 %]") else { continue }
            guard pair.count == 2 else {
                row.expected("a point of two shares such as [50 %, 80 %]")
                continue
            }
            guard let x = pair[0].share(in: 0...10), let y = pair[1].share() else { continue }
            if let last = points.last, x <= last.x { row.problem("expected rising first shares, found a step back") }
            points.append(CurvePoint(x: x, y: y))
        }
        if rows.count < 2 { value.problem("expected at least two points, found \(rows.count)") }
        return points.count >= 2 ? points : nil
    }
}
