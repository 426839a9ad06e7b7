import Plant
public import YAMLReading

/// An accelerator type as data: every value with a mark that says how well it is known, and the source it came from.
public enum AcceleratorFile {
    public static func load(model: String, files: ProjectFiles) -> (AcceleratorType?, [Problem]) {
        load(path: files.path("Accelerators", "\(model).yaml"))
    }

    /// The file of one's own that lies at a path; like a shipped one, it is called after what it holds.
    static func load(path: String) -> (AcceleratorType?, [Problem]) {
        let model = ProjectFiles.stem(of: path)
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
        func degrees(_ key: String) -> Double? { SourcedField(key, in: mapping).value?.degrees(in: 20...200) }
        var amounts: [AcceleratorType.Amount?] = []
        for key in AcceleratorType.powers { amounts.append(power(key, in: mapping)) }
        let lag = SourcedField("lag", in: mapping).value?.seconds(in: 0.0001...10)
        let (throttle, shutdown) = (degrees("throttle-temperature"), degrees("shutdown-temperature"))
        if let throttle, let shutdown, throttle >= shutdown {
            mapping.place.problem(
                "expected throttle-temperature < shutdown-temperature, found \(YAMLValue.text(throttle)) degC and "
                    + "\(YAMLValue.text(shutdown)) degC")
        }
        let accelerator = AcceleratorModel(
            name: model, idlePower: 0, ratedPower: 0, minimumLimit: 0,
            lag: lag ?? 1, brakePower: 0, throttleTemperature: throttle ?? 1, shutdownTemperature: shutdown ?? 1,
            throughput: SourcedField("throughput", in: mapping).value.flatMap { throughput($0) } ?? [])
        mapping.finish()
        let type = AcceleratorType(model: accelerator, amounts: amounts)
        for order in type.wrongOrders { mapping.place.problem(order) }
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

    /// A curve that nowhere falls: more power never means less work.
    private static func throughput(_ value: YAMLValue) -> [CurvePoint]? {
        let points = curve(value)
        for (before, point) in zip(points ?? [], (points ?? []).dropFirst()) where point.y < before.y {
            func percent(_ share: Double) -> String { "\(YAMLValue.text(share * 100)) %" }
            value.problem(
                "expected a throughput that does not fall with power, found \(percent(point.y)) at \(percent(point.x)) "
                    + "after \(percent(before.y)) at \(percent(before.x))")
        }
        return points
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
