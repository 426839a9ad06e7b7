/// A module: its floor, and every module that it may import. `Package.swift` and ARCHITECTURE.md say the same.
struct Room: Sendable {
    var name: String
    var floor: Int
    var imports: [String]

    init(_ name: String, floor: Int, _ imports: [String] = []) {
        self.name = name
        self.floor = floor
        self.imports = imports
    }
}

/// The rooms of the house in building order: each imports only rooms that stand above it in this list.
enum House {
    static let rooms: [Room] = [
        Room("Units", floor: 0),
        Room("ModbusWire", floor: 0, ["Units"]),
        Room("RegisterMaps", floor: 0, ["Units"]),
        Room("DeviceFirmware", floor: 0, ["Units", "ModbusWire", "RegisterMaps"]),
        Room("ControlLaws", floor: 0, ["Units"]),

        Room("DeviceSpecs", floor: 1, ["Units", "RegisterMaps"]),
        Room("Plant", floor: 1, ["Units"]),
        Room("RunRecords", floor: 1),
        Room("Scenario", floor: 1, ["Units", "DeviceSpecs", "RegisterMaps", "Plant", "RunRecords"]),
        Room("Expectations", floor: 1, ["Units", "Scenario", "RunRecords"]),
        Room("RackControl", floor: 1, ["Units", "ModbusWire", "RegisterMaps", "DeviceSpecs", "ControlLaws"]),
        Room(
            "Simulation", floor: 1,
            floorZero + ["DeviceSpecs", "Plant", "RunRecords", "Scenario", "Expectations", "RackControl"]),

        Room(
            "Swarm", floor: 1,
            ["Units", "DeviceSpecs", "RegisterMaps", "Plant", "Scenario", "RunRecords", "Expectations", "Simulation"]),

        Room("Delivery", floor: 1, ["Units"]),

        Room("YAMLReading", floor: 2, ["Units", "Yams"] + platform),
        Room("SpecFiles", floor: 2, ["Units", "RegisterMaps", "DeviceSpecs", "YAMLReading"] + platform),
        Room(
            "ScenarioFiles", floor: 2,
            ["Units", "RegisterMaps", "DeviceSpecs", "Scenario", "Plant", "RunRecords", "YAMLReading", "SpecFiles"]
                + platform),
        Room(
            "BillFiles", floor: 2,
            ["Units", "DeviceSpecs", "RegisterMaps", "Scenario", "Delivery", "YAMLReading", "ScenarioFiles"]
                + platform),
        Room("RunStore", floor: 2, ["RunRecords", "GRDB", "GRDBSQLite"] + platform),
        Room("Reports", floor: 2, ["RunRecords", "Delivery"] + platform),
        Room("Capture", floor: 2, ["RunRecords"] + platform),
        Room(
            "ModbusServer", floor: 2,
            ["Units", "ModbusWire", "DeviceSpecs", "Scenario", "Simulation", "NIOCore", "NIOPosix"] + platform),
        // The header of Debian's libmodbus.
        Room("CLibmodbus", floor: 2),
        Room(
            "ModbusMaster", floor: 2,
            ["Units", "ModbusWire", "RegisterMaps", "RackControl", "CLibmodbus"] + platform),
        Room("RealTime", floor: 2, ["Units", "Histogram"] + platform),
        Room(
            "ControlLoop", floor: 2,
            [
                "Units", "ModbusWire", "RegisterMaps", "ControlLaws", "DeviceSpecs", "Scenario", "RackControl",
                "RunRecords", "ModbusMaster", "RealTime",
            ] + platform),
        Room("TerminalView", floor: 2, ["Units"] + platform),
        Room("RackDrawings", floor: 2, ["Units", "Plant", "DeviceSpecs", "Scenario"]),
        // C, standing in front of the C library's allocator: for benchmarks only.
        Room("CAllocationCount", floor: 2),

        Room("busbar", floor: 3, program),
        Room("busbar-bench", floor: 3, program + ["CAllocationCount"]),
        Room("busbar-scan", floor: 3, program + ["CAllocationCount"]),
    ]

    /// What comes with Swift and touches clocks, files or processes: for the edges and the executables.
    static let platform = ["Foundation", "Glibc", "Dispatch", "Synchronization"]
    static let thirdParty = ["Yams", "GRDB", "GRDBSQLite", "NIOCore", "NIOPosix", "Histogram", "ArgumentParser"]

    private static let floorZero = ["Units", "ModbusWire", "RegisterMaps", "DeviceFirmware", "ControlLaws"]
    private static let program =
        floorZero + [
            "DeviceSpecs", "Plant", "RunRecords", "Scenario", "Expectations", "RackControl", "Simulation",
            "YAMLReading", "SpecFiles", "ScenarioFiles", "RunStore", "Reports", "Capture", "ModbusServer",
            "ModbusMaster", "RealTime", "ControlLoop", "TerminalView", "Swarm", "Delivery", "BillFiles",
            "RackDrawings", "ArgumentParser",
        ] + platform

    static func room(named name: String) -> Room? { rooms.first { $0.name == name } }
}
