public import Plant
public import YAMLReading

/// An accelerator type as data: every value with a mark that says how well it is known, and the source it came from.
public enum AcceleratorFile {
    /// How well a value is known.
    enum Mark: String, CaseIterable {
        /// Read in the source itself.
        case verified
        /// Read in a secondary source.
        case secondary
        /// Arithmetic from such values.
        case derived
        /// Typical of the class; nothing to be cited.
        case typical
    }

    public static func load(model: String, files: ProjectFiles) -> (AcceleratorModel?, [Problem]) {
        let path = files.path("Accelerators", "\(model).yaml")
        switch ProjectFiles.text(at: path) {
        case .failure(let trouble): return (nil, [trouble.problem])
        case .success(let text): return read(text, file: path, model: model)
        }
    }

    static func read(_ text: String, file: String, model: String) -> (AcceleratorModel?, [Problem]) {
        let log = ProblemLog(file: file)
        guard let mapping = YAMLFile.root(of: text, log: log)?.mapping("the mapping of an accelerator") else {
            return (nil, log.problems)
        }
        if let name = mapping.required("accelerator"), let word = name.string(), word != model {
            name.expected("the name of the file, \"\(model)\"")
        }
        _ = mapping.optional("says")?.string()
        func watts(_ key: String) -> Double { sourced(key, in: mapping)?.watts(in: 0...20_000) ?? 1 }
        func degrees(_ key: String) -> Double { sourced(key, in: mapping)?.degrees(in: 20...200) ?? 1 }
        let accelerator = AcceleratorModel(
            name: model, idlePower: watts("idle-power"), ratedPower: watts("rated-power"),
            minimumLimit: watts("minimum-limit"),
            lag: sourced("lag", in: mapping)?.seconds(in: 0.0001...10) ?? 1, brakePower: watts("brake-power"),
            throttleTemperature: degrees("throttle-temperature"),
            shutdownTemperature: degrees("shutdown-temperature"),
            throughput: sourced("throughput", in: mapping).flatMap { curve($0) } ?? [])
        mapping.finish()
        if log.problems.isEmpty { checkOrder(accelerator, mapping.place) }
        return log.problems.isEmpty ? (accelerator, []) : (nil, log.problems)
    }

    /// The `value` of a field that also states its mark and its source.
    private static func sourced(_ key: String, in mapping: YAMLMapping) -> YAMLValue? {
        guard let field = mapping.required(key)?.mapping("a mapping of value, mark and source") else { return nil }
        _ = field.required("mark")?.choice(of: Mark.self)
        _ = field.required("source")?.string("a source")
        let value = field.required("value")
        field.finish()
        return value
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

    private static func checkOrder(_ model: AcceleratorModel, _ place: YAMLValue) {
        if !(model.idlePower < model.minimumLimit && model.minimumLimit <= model.ratedPower) {
            place.problem("expected idle-power < minimum-limit <= rated-power, found another order")
        }
        if model.throttleTemperature >= model.shutdownTemperature {
            place.problem("expected throttle-temperature < shutdown-temperature, found another order")
        }
    }
}
