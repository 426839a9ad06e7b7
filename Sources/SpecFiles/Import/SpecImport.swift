public import DeviceSpecs
public import YAMLReading

/// Foreign register maps that can be read.
public enum ForeignFormat: String, CaseIterable, Sendable {
    /// The register maps of OpenBMC's rack monitor (facebook/openbmc, rackmon).
    case rackmon
    /// The device profiles of openbmc/phosphor-modbus.
    case phosphor
}

/// A foreign map in our form.
public struct ImportedSpecification: Sendable {
    public var specification: DeviceSpecification
    /// What the form cannot hold or the source does not say, one sentence each.
    public var notes: [String]
}

/// Reads register maps of other programs.
public enum SpecImport {
    /// Reads JSON text. Without a format, it is recognised by its keys. The result is `nil` exactly when there are
    /// problems.
    public static func read(text: String, file: String, format: ForeignFormat? = nil) -> (
        ImportedSpecification?, [Problem]
    ) {
        let log = ProblemLog(file: file)
        // JSON is YAML, so the same reader gives exact numbers and a line and column for each mistake.
        guard let root = YAMLFile.root(of: text, log: log),
            let mapping = root.mapping("a JSON object with a register map"),
            let format = format ?? recognise(mapping)
        else { return (nil, log.problems.sorted()) }
        let imported =
            switch format {
            case .rackmon: RackmonImport.read(mapping)
            case .phosphor: PhosphorImport.read(mapping)
            }
        let problems = Set(log.problems).sorted()
        return (problems.isEmpty ? imported : nil, problems)
    }

    /// Reads the file at a path.
    public static func read(
        path: String, format: ForeignFormat? = nil
    ) throws(FileTrouble) -> (ImportedSpecification?, [Problem]) {
        read(text: try FileTrouble.text(at: path), file: path, format: format)
    }

    private static func recognise(_ mapping: YAMLMapping) -> ForeignFormat? {
        if mapping.optional("registers") != nil { return .rackmon }
        if mapping.optional("DeviceModel") != nil || mapping.optional("ProbeRegister") != nil { return .phosphor }
        mapping.place.problem(
            "expected a rackmon map (with \"registers\") or a phosphor-modbus profile (with \"DeviceModel\"), found neither"
        )
        return nil
    }
}
