/// How well a value of a bill is known, and where it came from.
public struct Provenance: Hashable, Sendable {
    public enum Mark: String, CaseIterable, Sendable {
        /// Read in the source itself.
        case verified
        /// Read in somebody's account of such a source.
        case secondary
        /// Arithmetic from such values.
        case derived
        /// Typical of the class; nothing to be cited.
        case typical
        /// Made up to show something.
        case invented
    }

    public var mark: Mark
    public var source: String

    public init(mark: Mark, source: String) {
        self.mark = mark
        self.source = source
    }
}
