internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// The signal of an entry of `points:`: one signal, or one member per repetition.
struct SignalReference {
    let text: String
    let description: SignalDescription
    let first: SignalIdentifier
    /// Whether the signal's text holds {n}, so that each repetition has its own member.
    let isPerNumber: Bool

    var isCount: Bool { description.unit == .count }

    func identifier(number: Int) -> SignalIdentifier {
        isPerNumber ? SignalIdentifier(rawValue: first.rawValue + UInt16(number - 1)) : first
    }
}

extension PointReader {
    func signalReference(_ value: YAMLValue, repetition: Repetition) -> SignalReference? {
        guard let text = value.string("the name of a signal") else { return nil }
        guard classIsKnown else { return nil }
        guard let deviceClass else {
            value.problem(
                "expected no signal in an unclassified device, found \(value.found); state its class or leave it out")
            return nil
        }
        if text.hasSuffix(".{n}"), repetition.isGiven {
            return familyReference(text, in: deviceClass, repetition: repetition, place: value)
        }
        guard let (identifier, description) = deviceClass.signal(named: text) else {
            value.problem(
                "expected a signal of \"\(deviceClass.specWord)\", found \"\(text)\"\(hint(for: text, in: deviceClass))"
            )
            return nil
        }
        return SignalReference(text: text, description: description, first: identifier, isPerNumber: false)
    }

    private func familyReference(
        _ text: String, in deviceClass: DeviceClass, repetition: Repetition, place: YAMLValue
    ) -> SignalReference? {
        let family = String(text.dropLast(4))
        guard let description = deviceClass.signals.first(where: { $0.name == family && $0.memberLimit > 1 }) else {
            let families = deviceClass.signals.filter { $0.memberLimit > 1 }.map { "\"\($0.name)\"" }
            place.problem(
                "expected a family of signals of \"\(deviceClass.specWord)\" before {n}, found \"\(family)\"; families: "
                    + families.joined(separator: ", "))
            return nil
        }
        guard repetition.count <= description.memberLimit else {
            place.problem(
                "expected at most \(description.memberLimit) members of \"\(family)\", found \(repetition.count) repetitions"
            )
            return nil
        }
        return SignalReference(text: text, description: description, first: description.identifier, isPerNumber: true)
    }

    private func hint(for text: String, in deviceClass: DeviceClass) -> String {
        let stem = text.split(separator: ".").dropLast().joined(separator: ".")
        if let family = deviceClass.signals.first(where: { $0.memberLimit > 1 && ($0.name == text || $0.name == stem) })
        {
            return "; write \"\(family.name).1\" to \"\(family.name).\(family.memberLimit)\" for its members"
        }
        let names = deviceClass.signals.map { $0.memberLimit > 1 ? "\($0.name).1" : $0.name }
        if let near = names.nearest(to: text) { return "; did you mean \"\(near)\"?" }
        return "; signals: " + names.joined(separator: ", ")
    }
}
