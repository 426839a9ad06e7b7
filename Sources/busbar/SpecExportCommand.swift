internal import ArgumentParser
internal import DeviceSpecs
internal import SpecFiles

struct SpecExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print a device's registers for another tool.",
        discussion: """
            c is a header, csv a table, rackmon the register map of OpenBMC's rack monitor, phosphor a device profile of \
            phosphor-modbus, telegraf an input of Telegraf, modbus-exporter a module of Prometheus's exporter for Modbus, \
            pymodbus a configuration of pymodbus's simulator. What the other form cannot hold is listed on standard error.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case c, csv, rackmon, phosphor, telegraf, modbusExporter = "modbus-exporter", pymodbus

        /// Whether the form says where the device is.
        var namesTarget: Bool { self == .telegraf || self == .pymodbus }
    }

    @Argument(help: "Path of a spec, or name of a model in Firmware-specs.") var device: String
    @Option(help: "What to print.") var format: Format = .c

    @Option(
        help: ArgumentHelp(
            "Where the device is (or the simulator is to be), for telegraf and pymodbus (default: 127.0.0.1:502).",
            valueName: "host:port"))
    var at: String?

    @Option(
        help: ArgumentHelp(
            "Its unit identifier, for telegraf and pymodbus (default: the first that it can be strapped to).",
            valueName: "number"))
    var unit: UInt8?

    func validate() throws {
        if at != nil || unit != nil, !format.namesTarget {
            throw ValidationError("--at and --unit are for telegraf and pymodbus")
        }
        if unit == 0 { throw ValidationError("--unit is 1 to 255") }
        guard let at else { return }
        let port = at.split(separator: ":", omittingEmptySubsequences: false).last.flatMap { UInt16($0) }
        guard at.contains(":"), !at.hasPrefix(":"), let port, port > 0 else {
            throw ValidationError("--at is host:port, such as 127.0.0.1:1502")
        }
    }

    func run() throws {
        let specification = try SpecReporting.device(device)
        let (text, notes) = export(specification)
        for note in notes { StandardStreams.error("note: \(note)") }
        try StandardStreams.output(text, terminator: "")
    }

    private func export(_ specification: DeviceSpecification) -> (text: String, notes: [String]) {
        let target = ExportTarget(
            place: at ?? "127.0.0.1:502", unit: unit ?? specification.serial.units.first?.lowerBound ?? 1)
        switch format {
        case .c: return (SpecExport.cHeader(specification), [])
        case .csv: return (SpecExport.csv(specification), [])
        case .rackmon: return SpecExport.rackmon(specification)
        case .phosphor: return SpecExport.phosphor(specification)
        case .telegraf: return SpecExport.telegraf(specification, target: target)
        case .modbusExporter: return SpecExport.prometheus(specification)
        case .pymodbus: return SpecExport.pymodbus(specification, target: target)
        }
    }
}
