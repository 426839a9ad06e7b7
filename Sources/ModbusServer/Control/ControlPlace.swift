public import Scenario

/// Where a running rack takes live events: a Unix socket, and how a line that comes there is read.
public struct ControlPlace {
    public enum Reading {
        /// Instants count from the moment at which they are put on.
        case events([ScenarioEvent])
        /// Every mistake, with place and remedy.
        case refused([String])
    }

    public var path: String
    /// Reads one event, such as `{bus: trays, unit: 18, fault: no-reply, for: 10 s}`.
    public var read: (String) -> Reading

    public init(path: String, read: @escaping (String) -> Reading) {
        self.path = path
        self.read = read
    }
}
