/// A bit of a signal that is a set of flags.
public struct KnownFlag: Hashable, Sendable {
    /// Counted from the least significant.
    public var bit: Int
    /// What the bit is called: by the firmware first, then by maps of real devices and of second sources. Empty where each
    /// map numbers members of its own, such as the fans of a tray.
    public var names: [String]

    init(_ bit: Int, _ names: String...) {
        self.bit = bit
        self.names = names
    }

    /// A bit for each of so many members.
    static func unnamed(_ count: Int) -> [KnownFlag] { (0..<count).map { KnownFlag($0) } }
}
