public import Units

/// Something that happened, for the last lines of the view.
public struct LiveEvent: Equatable, Sendable {
    /// Rack time.
    public var at: Interval
    public var text: String
    /// Whether it stands out.
    public var isMajor: Bool

    public init(at: Interval, text: String, isMajor: Bool = false) {
        self.at = at
        self.text = text
        self.isMajor = isMajor
    }
}
