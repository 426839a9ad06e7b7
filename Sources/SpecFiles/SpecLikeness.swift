internal import DeviceSpecs
internal import Foundation
internal import RegisterMaps
internal import YAMLReading

/// A spec that is like another but for a few things: the same map and firmware under another maker's texts, or a second
/// source that only answers later.
///
/// ```yaml
/// like: psu-orv3-hpr                 # a model, or the path of a spec
/// model: delta-ecd17020037
/// texts: {manufacture-model: ECD17020037}
/// ```
///
/// What is left out is the other's: identity, serial settings, probe, busy times. A probe follows its point's new text.
enum SpecLikeness {
    static func isStated(by root: YAMLValue) -> Bool {
        // Asked of a mapping of its own: one that is read knows which keys were asked for.
        root.isMapping && root.mapping()?.optional("like") != nil
    }

    /// The specification, and the mistakes of the other spec's file; those of this one are in its own log.
    static func read(_ root: YAMLValue, file: String, library: SpecFolder?) -> (DeviceSpecification?, [Problem]) {
        guard let mapping = root.mapping(), let place = mapping.optional("like") else { return (nil, []) }
        let model = mapping.required("model").flatMap(SpecReader.name)
        let says = mapping.optional("says")?.string()
        let behaviour = mapping.optional("behaviour").map(SpecReader.sentences)
        let identity = mapping.optional("identity").flatMap(SpecReader.identity)
        let serial = mapping.optional("serial").flatMap(SpecReader.serial)
        let busy = mapping.optional("busy").flatMap(SpecReader.busy)
        let (texts, probePlace) = (mapping.optional("texts"), mapping.optional("probe"))
        for (key, remedy) in [
            ("points", "a map of its own needs a spec of its own"), ("device", "the class is the other's"),
        ] {
            mapping.optional(key)?.problem("expected no \"\(key)\" beside \"like\", found it; \(remedy)")
        }
        mapping.finish()
        let (base, problems) = base(place, beside: file, library: library)
        guard var result = base, let model else { return (nil, problems) }
        result.model = model
        result.says = says ?? result.says
        result.behaviour = behaviour ?? result.behaviour
        result.identity = identity ?? result.identity
        result.serial = serial ?? result.serial
        result.busy = busy ?? result.busy
        let ownTexts = texts.map { set($0, in: &result) } ?? []
        result.likeness = .init(model: base?.model ?? "", texts: ownTexts)
        if let probePlace {
            result.probe = SpecReader.probe(probePlace, points: result.points)
        } else if let probe = result.probe, !result.points[probe.point].text.isEmpty {
            result.probe?.expected = result.points[probe.point].text
        }
        return (result, problems)
    }

    /// `texts: {manufacture-name: Delta}`; the names of the points that were given a text.
    private static func set(_ value: YAMLValue, in specification: inout DeviceSpecification) -> [String] {
        guard let mapping = value.mapping("a mapping of text points such as {manufacture-name: Delta}") else {
            return []
        }
        var named: [String] = []
        for index in specification.points.indices where specification.points[index].definition.encoding == .text {
            let point = specification.points[index]
            guard let place = mapping.optional(point.name) else { continue }
            guard let text = PointValues.text(place, words: Int(point.definition.wordCount)) else { continue }
            specification.points[index].text = text
            named.append(point.name)
        }
        mapping.finish()
        return named
    }

    // MARK: The other spec

    private static func base(
        _ place: YAMLValue, beside file: String, library: SpecFolder?
    ) -> (DeviceSpecification?, [Problem]) {
        guard let word = place.string("the model of a device type, or the path of its spec") else { return (nil, []) }
        let path = path(of: word, beside: file, library: library)
        let text: String
        do {
            text = try FileTrouble.text(at: path)
        } catch {
            let folder = library ?? SpecFolder(path: URL(fileURLWithPath: file).deletingLastPathComponent().path)
            let known = ((try? folder.files()) ?? []).map {
                URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent
            }
            place.problem("unknown device type \"\(word)\": \(error)\(Nearness.hint(for: word, among: known))")
            return (nil, [])
        }
        let log = ProblemLog(file: path)
        guard let root = YAMLFile.root(of: text, log: log) else { return (nil, log.problems) }
        guard !isStated(by: root) else {
            place.problem("expected a spec with points of its own, found \"\(word)\", which is like another itself")
            return (nil, [])
        }
        let specification = SpecReader.read(root)
        return (log.problems.isEmpty ? specification : nil, log.problems)
    }

    /// A model lies beside the file that names it, or else in the library.
    private static func path(of word: String, beside file: String, library: SpecFolder?) -> String {
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        if word.hasPrefix("/") { return word }
        if word.contains("/") || word.hasSuffix(".yaml") || word.hasSuffix(".yml") { return folder + word }
        let beside = "\(folder)\(word).yaml"
        guard let library, !FileManager.default.fileExists(atPath: beside) else { return beside }
        return library.file(ofModel: word)
    }
}
