/// Something that happened, for the event log and the marks in the plots.
public struct EventMark: Codable, Sendable {
    public enum Source: String, Codable, Sendable {
        /// The scenario did it: a failure, a fault, a changed setting.
        case scenario
        /// The controller: a cap written, a device lost, a state entered.
        case controller
        /// A device's own reflex: brake, watchdog, latch.
        case device
        /// The physics: a breaker tripped, a supply switched off.
        case plant
        /// The server, where the rack meets the world outside: a serial device vanished or is back.
        case server
    }

    /// Simulated seconds.
    public var at: Double
    public var source: Source
    /// The path that it concerns: `shelf-1/psu-3`, `tray-2/monitor`, `rack`.
    public var subject: String
    /// A few words: `failed`, `cap 2.4 kW`, `brake asserted`.
    public var text: String
    /// Whether a plot should mark it.
    public var isMajor: Bool

    public init(at: Double, source: Source, subject: String, text: String, isMajor: Bool) {
        self.at = at
        self.source = source
        self.subject = subject
        self.text = text
        self.isMajor = isMajor
    }
}

/// What one bus carried.
public struct BusStatistics: Codable, Sendable {
    public var name: String
    /// `rtu 115200 8E1` or `tcp`.
    public var kind: String
    public var transactions: Int
    public var exceptions: Int
    public var timeouts: Int
    public var badFrames: Int
    public var octets: Int
    /// Share of the run during which the line was busy, 0...1.
    public var load: Double

    public init(
        name: String, kind: String, transactions: Int, exceptions: Int, timeouts: Int, badFrames: Int, octets: Int,
        load: Double
    ) {
        self.name = name
        self.kind = kind
        self.transactions = transactions
        self.exceptions = exceptions
        self.timeouts = timeouts
        self.badFrames = badFrames
        self.octets = octets
        self.load = load
    }
}
