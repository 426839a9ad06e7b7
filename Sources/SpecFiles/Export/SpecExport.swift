public import DeviceSpecs

/// A specification in the forms of other tools.
public enum SpecExport {
    /// A C header that compiles on its own.
    public static func cHeader(_ specification: DeviceSpecification) -> String {
        CHeader(specification: specification).text()
    }

    /// Comma-separated values, one line per point.
    public static func csv(_ specification: DeviceSpecification) -> String { PointsCSV.text(specification) }

    /// Requests of Telegraf's input plug-in for Modbus, and what they cannot hold.
    public static func telegraf(
        _ specification: DeviceSpecification, target: ExportTarget
    ) -> (text: String, notes: [String]) {
        var export = TelegrafExport(specification: specification, target: target)
        let text = export.text()
        return (text, export.notes)
    }

    /// A module of the Prometheus exporter for Modbus, and what it cannot hold.
    public static func prometheus(_ specification: DeviceSpecification) -> (text: String, notes: [String]) {
        var export = PrometheusExport(specification: specification)
        let text = export.text()
        return (text, export.notes)
    }

    /// A configuration of pymodbus's simulator, and what it cannot hold.
    public static func pymodbus(
        _ specification: DeviceSpecification, target: ExportTarget
    ) -> (text: String, notes: [String]) {
        var export = PymodbusExport(specification: specification, target: target)
        let text = export.text()
        return (text, export.notes)
    }

    /// A device profile of phosphor-modbus, and what it cannot hold.
    public static func phosphor(_ specification: DeviceSpecification) -> (text: String, notes: [String]) {
        var export = PhosphorExport(specification: specification)
        let text = export.text()
        return (text, export.notes)
    }

    /// A register map for OpenBMC's rack monitor, and what it cannot hold.
    public static func rackmon(_ specification: DeviceSpecification) -> (text: String, notes: [String]) {
        var export = RackmonExport(specification: specification)
        let text = export.text()
        return (text, export.notes)
    }
}
