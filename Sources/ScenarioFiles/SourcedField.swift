import YAMLReading

/// A field of a data file that says how well its value is known and where it was read:
/// `{value: 400 W, mark: secondary, source: "…"}`.
struct SourcedField {
    enum Mark: String, CaseIterable {
        /// Read in the source itself.
        case verified
        /// Read in a secondary source.
        case secondary
        /// Arithmetic from such values.
        case derived
        /// Typical of the class; nothing to be cited.
        case typical
        /// Nothing was found, and nothing is made up: there is no value, and `source` says where was looked.
        case notPublished = "not-published"
    }

    /// `nil` where none is published, or where the field is wrong.
    var value: YAMLValue?
    var mark: Mark?
    var source: String

    /// The field of that key, which must stand, its mistakes logged.
    init(_ key: String, in mapping: YAMLMapping, mayBeUnpublished: Bool = false) {
        source = ""
        guard let field = mapping.required(key)?.mapping("a mapping of value, mark and source") else { return }
        let place = field.required("mark")
        mark = place?.choice(of: Mark.self)
        source = field.required("source")?.string("a source") ?? ""
        if mark == .notPublished {
            if !mayBeUnpublished {
                place?.problem("expected a value of the class, marked \"typical\", for what must be known, found none")
            }
            if let value = field.optional("value") {
                value.problem("expected no value beside the mark \"not-published\", found \(value.found)")
            }
        } else {
            value = field.required("value")
        }
        field.finish()
    }
}
