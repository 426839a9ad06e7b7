internal import DeviceSpecs
internal import RegisterMaps
internal import Units
internal import YAMLReading

/// Reads the top level of a spec; `PointReader` reads its points.
enum SpecReader {
    static func read(_ root: YAMLValue) -> DeviceSpecification? {
        guard
            let mapping = root.mapping(
                "a mapping with the keys \"device\", \"model\", \"identity\", \"serial\", \"points\"")
        else { return nil }
        let classPlace = mapping.required("device")
        let word = classPlace.flatMap(classWord)
        let deviceClass = word.flatMap { DeviceClass(specWord: $0) }
        let model = mapping.required("model").flatMap(name)
        let says = mapping.optional("says")?.string() ?? ""
        let behaviour = mapping.optional("behaviour").map(sentences) ?? []
        let identity = mapping.required("identity").flatMap(identity)
        let serial = mapping.required("serial").flatMap(serial)
        let probePlace = mapping.optional("probe")
        let sensing = mapping.optional("sensing").flatMap(sensing)
        let busy = mapping.optional("busy").flatMap(busy)
        let pointsPlace = mapping.required("points")
        mapping.finish()

        // What was most likely meant stands in for an unknown class, so that the signals are judged too.
        let judged = word == nil ? likelyClass(classPlace, points: pointsPlace) : deviceClass
        let reader = PointReader(deviceClass: judged, classIsKnown: word != nil || judged != nil)
        let placed = (pointsPlace?.list("a list of points") ?? []).flatMap { reader.points(from: $0) }
        if let pointsPlace, pointsPlace.isSequence, placed.isEmpty, pointsPlace.list()?.isEmpty == true {
            pointsPlace.problem("expected at least one point, found an empty list")
        }
        AddressBook.judge(placed)
        CommandedSignals.judge(placed, of: judged)
        let points = placed.map(\.point).layingOutTexts()
        if points.textAreaSize > Int(UInt16.max), let pointsPlace {
            pointsPlace.problem(
                "expected texts of at most 65535 bytes in all, found \(points.textAreaSize); shorten text points")
        }
        let probe = probePlace.flatMap { Self.probe($0, points: points) }
        guard let model, let identity, let serial else { return nil }
        var specification = DeviceSpecification(
            model: model, deviceClass: deviceClass, says: says, identity: identity, serial: serial, points: points,
            probe: probe, sensing: sensing, busy: busy)
        specification.behaviour = behaviour
        return specification
    }

    private static func classWord(_ place: YAMLValue) -> String? {
        let words = DeviceClass.allCases.map(\.specWord) + [unclassified]
        if let text = place.scalarText, words.contains(text) { return text }
        let near = place.scalarText.flatMap { Nearness.nearest(to: $0, among: words) }
        let hint = near.map { "; did you mean \"\($0)\"?" } ?? ""
        place.problem(
            "expected one of \(words.map { "\"\($0)\"" }.joined(separator: ", ")), found \(place.found)\(hint)")
        return nil
    }

    /// The class whose word is nearest, or else the one that knows most of the signals which the points name.
    private static func likelyClass(_ place: YAMLValue?, points: YAMLValue?) -> DeviceClass? {
        let words = DeviceClass.allCases.map(\.specWord)
        if let near = place?.scalarText.flatMap({ Nearness.nearest(to: $0, among: words) }) {
            return DeviceClass(specWord: near)
        }
        guard let points, points.isSequence else { return nil }
        let signals = (points.list() ?? []).compactMap { point in
            point.isMapping ? point.mapping()?.optional("signal")?.scalarText?.replacing("{n}", with: "1") : nil
        }
        let ranked = DeviceClass.allCases.map { type in (type, signals.count { type.signal(named: $0) != nil }) }
        guard let best = ranked.max(by: { $0.1 < $1.1 }), best.1 > 0 else { return nil }
        return best.0
    }

    static func sentences(_ value: YAMLValue) -> [String] {
        (value.list("a list of sentences") ?? []).compactMap { $0.string("a sentence") }
    }

    /// In place of a class's word: an imported map that no firmware serves.
    static let unclassified = "unclassified"

    static func name(_ value: YAMLValue) -> String? {
        guard let text = value.scalarText, SpecName.isValid(text) else {
            value.expected("a model name of lower-case words joined by hyphens such as \"busbar-pm-1\"")
            return nil
        }
        return text
    }

    static func identity(_ value: YAMLValue) -> DeviceIdentity? {
        guard let mapping = value.mapping("a mapping with \"vendor\", \"product\" and \"revision\"") else { return nil }
        let vendor = mapping.required("vendor").flatMap(identityText)
        let product = mapping.required("product").flatMap(identityText)
        let revision = mapping.required("revision").flatMap(identityText)
        mapping.finish()
        guard let vendor, let product, let revision else { return nil }
        return DeviceIdentity(vendor: vendor, product: product, revision: revision)
    }

    /// An object of function 43/14: ASCII, and short enough for three of them to fit one answer of 253 bytes.
    private static func identityText(_ value: YAMLValue) -> String? {
        guard let text = value.scalarText, (1...64).contains(text.utf8.count), text.isPrintableASCII else {
            value.expected("1 to 64 printable ASCII characters")
            return nil
        }
        return text
    }

    static func serial(_ value: YAMLValue) -> SerialSettings? {
        guard let mapping = value.mapping("a mapping with \"baud\", \"parity\", \"turnaround\" and \"units\"") else {
            return nil
        }
        let baud = mapping.required("baud")?.baud()
        let parity = mapping.required("parity")?.choice(of: Parity.self)
        let turnaround = mapping.required("turnaround").flatMap(turnaround)
        let units = mapping.required("units").flatMap(UnitRanges.read)
        mapping.finish()
        guard let baud, let parity, let turnaround, let units else { return nil }
        return SerialSettings(baud: baud, parity: parity, turnaround: turnaround, units: units)
    }

    private static func turnaround(_ value: YAMLValue) -> Interval? {
        guard let exact = value.quantity(.time) else { return nil }
        let interval = Interval.nanoseconds(exact.wholeBaseUnits)
        guard interval >= .zero, interval <= .seconds(1) else {
            value.expected("a time from 0 ms to 1 s")
            return nil
        }
        return interval
    }

    static func probe(_ value: YAMLValue, points: [SpecifiedPoint]) -> IdentityProbe? {
        guard let mapping = value.mapping("a mapping with \"point\" and \"expects\"") else { return nil }
        let pointPlace = mapping.required("point")
        let expectedPlace = mapping.required("expects")
        mapping.finish()
        guard let pointPlace, let name = pointPlace.string(), let expectedPlace, let expected = expectedPlace.string()
        else { return nil }
        guard let index = points.firstIndex(where: { $0.name == name && $0.definition.encoding == .text }) else {
            let texts = points.filter { $0.definition.encoding == .text }.map { "\"\($0.name)\"" }
            let remedy =
                texts.isEmpty ? "; this device has none" : "; text points here: " + texts.joined(separator: ", ")
            pointPlace.problem("expected the name of a text point, found \(pointPlace.found)\(remedy)")
            return nil
        }
        let point = points[index]
        if !point.definition.fits(text: expected) {
            expectedPlace.expected(
                "at most \(Int(point.definition.wordCount) * 2) printable ASCII characters, as \"\(name)\" can hold")
        } else if !point.text.isEmpty, point.text != expected {
            expectedPlace.expected("the default of \"\(name)\", which is \"\(point.text)\"")
        }
        return IdentityProbe(point: index, expected: expected)
    }
}

extension PointDefinition {
    func fits(text: String) -> Bool { text.isPrintableASCII && text.utf8.count <= Int(wordCount) * 2 }
}

extension String {
    var isPrintableASCII: Bool { utf8.allSatisfy { (0x20...0x7E).contains($0) } }
}
