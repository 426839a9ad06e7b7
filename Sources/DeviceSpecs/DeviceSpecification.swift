public import RegisterMaps

/// A point with the names that people use.
public struct SpecifiedPoint: Sendable {
    /// Lower-case words joined by hyphens, unique in the device: `input-voltage`.
    public var name: String
    public var definition: PointDefinition
    /// The unit as the spec writes it (`mV`, `W`, `degC`), empty for counts and flags.
    public var unit: String
    /// For `.flags`: the name of each bit, ordered by bit.
    public var bits: [(bit: Int, name: String)]
    /// For `.text`: the initial text.
    public var text: String
    /// One sentence for the documentation table; may be empty.
    public var says: String

    public init(
        name: String, definition: PointDefinition, unit: String = "", bits: [(bit: Int, name: String)] = [],
        text: String = "", says: String = ""
    ) {
        self.name = name
        self.definition = definition
        self.unit = unit
        self.bits = bits
        self.text = text
        self.says = says
    }
}

/// A device type as its spec file describes it: validated, complete, immutable.
public struct DeviceSpecification: Sendable {
    /// The name by which racks refer to it, the same as the file's: `busbar-pm-1`.
    public var model: String
    /// `nil` for an imported map that no firmware of Busbar serves.
    public var deviceClass: DeviceClass?
    public var says: String
    /// What this type does otherwise than its class, a sentence each.
    public var behaviour: [String] = []
    public var identity: DeviceIdentity
    public var serial: SerialSettings
    /// Ordered by table, then address; no two overlap.
    public var points: [SpecifiedPoint]
    /// The text point that a controller reads to make sure what answers, and the text that it must find.
    public var probe: IdentityProbe?
    /// `nil` for a spec that stands by itself.
    public var likeness: Likeness?

    /// The spec that this one is like, by its model, and the text points that it has otherwise.
    public struct Likeness: Hashable, Sendable {
        public var model: String
        public var texts: [String]

        public init(model: String, texts: [String]) {
            self.model = model
            self.texts = texts
        }
    }

    /// `nil` leaves it to the firmware.
    public var sensing: SensingSettings?
    /// `nil` for a device that is never busy.
    public var busy: BusySettings?

    public init(
        model: String, deviceClass: DeviceClass?, says: String, identity: DeviceIdentity, serial: SerialSettings,
        points: [SpecifiedPoint], probe: IdentityProbe?, sensing: SensingSettings? = nil, busy: BusySettings? = nil
    ) {
        self.model = model
        self.deviceClass = deviceClass
        self.says = says
        self.identity = identity
        self.serial = serial
        self.points = points
        self.probe = probe
        self.sensing = sensing
        self.busy = busy
    }

    /// The first point bound to a signal.
    public func point(boundTo signal: SignalIdentifier) -> SpecifiedPoint? {
        points.first { $0.definition.signal == signal }
    }

    public func point(named name: String) -> SpecifiedPoint? {
        points.first { $0.name == name }
    }
}

public struct IdentityProbe: Hashable, Sendable {
    /// Index in `DeviceSpecification.points`.
    public var point: Int
    public var expected: String

    public init(point: Int, expected: String) {
        self.point = point
        self.expected = expected
    }
}
