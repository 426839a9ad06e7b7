internal import DeviceSpecs
internal import RegisterMaps

/// What speaks for and against a device being of one type: what its probe register reads, and the name that it tells by
/// function 43/14.
///
/// The controller goes by the probe where a spec has one, and by the name otherwise; so does the verdict here. What the other
/// evidence says beside that is told, not hidden: a clone answers the probe and bears another name, a borrowed name stands in a
/// device with another map.
struct IdentityEvidence {
    enum Verdict: String {
        case match
        case other
        /// Nothing was told by which it could be known.
        case unsure
    }

    let specification: DeviceSpecification
    /// What the probe reads; `nil` for a spec without one.
    let probe: DeviceInterview.Answer?
    /// What the device calls itself.
    let name: ToldName

    var verdict: Verdict {
        if let probe = specification.probe { return self.probe == .text(probe.expected) ? .match : .other }
        guard name.isTold else { return .unsure }
        return differences.isEmpty ? .match : .other
    }

    /// One line: the evidence that decided, then what the other says.
    var words: String {
        guard let probe = specification.probe, let answer = self.probe else { return nameWords }
        let point = specification.points[probe.point]
        let place = "\(point.name) at \(point.definition.address)"
        let read =
            verdict == .match
            ? "\(place) reads \(answer.words)" : "expected \"\(probe.expected)\" in \(place), found \(answer.words)"
        return read + besideTheProbe
    }

    /// The name is told beside the probe where it contradicts it.
    private var besideTheProbe: String {
        guard name.isTold else { return "" }
        switch (verdict, differences.isEmpty) {
        case (.match, true): return ", and function 43/14 tells its name" + revisionNote
        case (.match, false): return "; but by function 43/14 \(differences.joined(separator: " and "))"
        case (_, true): return "; but function 43/14 tells its name, \(named)"
        case (_, false): return ""
        }
    }

    private var nameWords: String {
        switch verdict {
        case .match: "function 43/14 tells its name, \(named)\(revisionNote); it has no probe"
        case .other: "by function 43/14 \(differences.joined(separator: " and ")); it has no probe"
        case .unsure: "has no probe, and the device does not tell its name (function 43/14)"
        }
    }

    private var identity: DeviceIdentity { specification.identity }

    private var named: String {
        Self.isClaim(identity.vendor) ? "\(identity.vendor) \(identity.product)" : identity.product
    }

    /// Where the told name is not the spec's. The product must be told; a vendor that is not told contradicts nothing.
    private var differences: [String] {
        var differences: [String] = []
        if Self.isClaim(identity.vendor), let vendor = name.vendor, vendor != identity.vendor {
            differences.append("the vendor is \"\(vendor)\", not \"\(identity.vendor)\"")
        }
        if name.product != identity.product {
            let found = name.product.map { "\"\($0)\"" } ?? "not told"
            differences.append("the product is \(found), not \"\(identity.product)\"")
        }
        return differences
    }

    /// A revision makes no other type: it is told, and decides nothing.
    private var revisionNote: String {
        guard Self.isClaim(identity.revision), let revision = name.revision, revision != identity.revision else {
            return ""
        }
        return " (revision \(revision), where the spec has \(identity.revision))"
    }

    /// An imported map says "unknown" of what its source leaves open.
    private static func isClaim(_ text: String) -> Bool { text != "unknown" }
}

/// The basic identification objects of function 43/14 as a device told them; `nil` for what it did not tell.
struct ToldName {
    var vendor: String?
    var product: String?
    var revision: String?

    init(_ answers: [DeviceInterview.Answer]) {
        let texts = answers.map { answer -> String? in
            guard case .text(let text) = answer, !text.isEmpty else { return nil }
            return text
        }
        (vendor, product, revision) = (texts[0], texts[1], texts[2])
    }

    var isTold: Bool { vendor != nil || product != nil }
}
