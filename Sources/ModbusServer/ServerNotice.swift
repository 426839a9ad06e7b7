/// Something that a person should know while a rack is served, as a sentence.
public struct ServerNotice: Hashable, Sendable {
    public var text: String
    /// Whether the run's event log has it as well, in its own words: who shows both need not show it twice.
    public var isInEventLog: Bool

    public init(_ text: String, isInEventLog: Bool = false) {
        self.text = text
        self.isInEventLog = isInEventLog
    }
}
