public import RegisterMaps

extension DeviceClass {
    public init?(specWord: String) {
        guard let match = Self.allCases.first(where: { $0.specWord == specWord }) else { return nil }
        self = match
    }

    /// The signal that a spec names: `power`, `limit.power`, or a member of a family such as `fan-speed.3`.
    public func signal(named name: String) -> (identifier: SignalIdentifier, description: SignalDescription)? {
        if let single = signals.first(where: { $0.name == name && $0.memberLimit == 1 }) {
            return (single.identifier, single)
        }
        guard let dot = name.lastIndex(of: "."), let number = Int(name[name.index(after: dot)...]),
            let family = signals.first(where: { $0.name == name[..<dot] && $0.memberLimit > 1 }),
            let identifier = family.identifier(ofMember: number)
        else { return nil }
        return (identifier, family)
    }

    /// What is known of a signal by its identifier.
    public func description(of identifier: SignalIdentifier) -> SignalDescription? {
        guard identifier != .none else { return nil }
        return signals.first { $0.identifier.signalNumber == identifier.signalNumber }
    }

    /// The name that a spec gives an identifier; `nil` for none and for one of another class.
    public func name(of identifier: SignalIdentifier) -> String? {
        guard let description = description(of: identifier) else { return nil }
        return description.memberLimit == 1 ? description.name : "\(description.name).\(identifier.member + 1)"
    }
}

extension DeviceSpecification {
    /// The name of the signal to which a point is bound, or `nil`.
    public func signalName(of point: SpecifiedPoint) -> String? {
        deviceClass?.name(of: point.definition.signal)
    }

    /// The scale of `signalUnit` in which the point's `definition.scale` ends. A point without a signal is counted
    /// in the unit that its own scale implies, so this is `nil` for it.
    public func signalUnit(of point: SpecifiedPoint) -> SignalUnit? {
        deviceClass?.description(of: point.definition.signal)?.unit
    }
}
