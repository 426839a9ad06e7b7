/// One signal over the whole run, reduced to a bounded number of buckets that keep its extremes.
public struct SeriesRecord: Codable, Sendable {
    /// `rack.power`, `tray-3.cap`, `shelf-1/psu-2.power`.
    public var path: String
    /// `W`, `degC`, `%`, `rpm`, `V`, `A`, `J`, or empty.
    public var unit: String
    public var buckets: [SeriesBucket]

    public init(path: String, unit: String, buckets: [SeriesBucket]) {
        self.path = path
        self.unit = unit
        self.buckets = buckets
    }
}

public struct SeriesBucket: Codable, Sendable {
    /// Start of the bucket, simulated seconds.
    public var at: Double
    public var least: Double
    public var mean: Double
    public var greatest: Double

    public init(at: Double, least: Double, mean: Double, greatest: Double) {
        self.at = at
        self.least = least
        self.mean = mean
        self.greatest = greatest
    }
}

/// A signal that a run records, by name and unit.
public struct SignalDescription: Hashable, Codable, Sendable {
    public var path: String
    public var unit: String

    public init(path: String, unit: String) {
        self.path = path
        self.unit = unit
    }
}

/// Takes the telemetry, the events and the octets of a run while it goes on. Implementations are the edges: SQLite,
/// capture file, event log.
public protocol RunRecorder: AnyObject {
    /// Called once, before the first sample. The order is that of every later `record`.
    func begin(signals: [SignalDescription])
    /// One sample of every signal. Must not allocate in steady state.
    func record(at seconds: Double, values: UnsafeBufferPointer<Double>)
    func record(_ event: EventMark)
    /// A frame (complete ADU) that crossed a bus. `direction` is seen from the controller.
    func record(frame: UnsafeRawBufferPointer, at nanoseconds: Int64, bus: Int, unit: UInt8, direction: FrameDirection)
    /// Whether frames mean anything to it; always the same answer.
    var takesFrames: Bool { get }
}

extension RunRecorder {
    public var takesFrames: Bool { true }
}

public enum FrameDirection: UInt8, Sendable {
    case request
    case response
}
