public import DeviceSpecs

/// A specification in the forms of other tools.
public enum SpecExport {
    /// A C header that compiles on its own.
    public static func cHeader(_ specification: DeviceSpecification) -> String {
        CHeader(specification: specification).text()
    }

    /// Comma-separated values, one line per point.
    public static func csv(_ specification: DeviceSpecification) -> String { PointsCSV.text(specification) }

    /// A register map for OpenBMC's rack monitor, and what it cannot hold.
    public static func rackmon(_ specification: DeviceSpecification) -> (text: String, notes: [String]) {
        var export = RackmonExport(specification: specification)
        let text = export.text()
        return (text, export.notes)
    }
}
