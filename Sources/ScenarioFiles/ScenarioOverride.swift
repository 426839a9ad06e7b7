import YAMLReading

/// A value that takes the place of one in the file, and where a mistake in it is told.
struct ScenarioOverride {
    /// A parameter by its name (`demand`) or a scalar by its path (`controller.period`, `events.1.at`).
    var path: String
    var value: String
    /// `--set demand=70%`, or the place in a file.
    var origin: String

    init(path: String, value: String, origin: String) {
        self.path = path
        self.value = value
        self.origin = origin
    }

    init(assigned: (path: String, value: String)) {
        path = assigned.path
        value = assigned.value
        origin = "--set \(assigned.path)=\(assigned.value)"
    }

    /// An entry of a variant's `set`.
    init(path: String, value: YAMLValue) {
        self.path = path
        self.value = value.scalarText ?? ""
        origin = "\(value.log.file):\(value.line):\(value.column)"
    }
}
