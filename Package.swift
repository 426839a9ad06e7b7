// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target: Swift 6 language mode is the default of these tools; a warning is an error.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
    // Debug builds and all tests check exclusive access while they run; release builds spare themselves the quarter of
    // the time that it takes (docs/decisions/0006).
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

/// A library target of Busbar; the floors and the allowed imports are held by `Tests/TidyTests`.
func room(_ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict + settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: strict)
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
/// SQLite's C interface, as GRDB links it: binding hundreds of columns per row goes through it.
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
/// High dynamic range histograms: latencies with their tails, without keeping every sample.
let histogram: Target.Dependency = .product(name: "Histogram", package: "hdrhistogram-swift")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "busbar",
    products: [
        .executable(name: "busbar", targets: ["busbar"]),
        .executable(name: "busbar-bench", targets: ["busbar-bench"]),
        .executable(name: "busbar-scan", targets: ["busbar-scan"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        // Floor 0: embeddable core. Integers only; no heap, no Foundation, no async, no print.
        room("Units"),
        // Lifetimes: a frame buffer lends its octets as a span.
        room("ModbusWire", ["Units"], settings: [.enableExperimentalFeature("Lifetimes")]),
        room("RegisterMaps", ["Units"]),
        room("DeviceFirmware", ["Units", "ModbusWire", "RegisterMaps"]),
        room("ControlLaws", ["Units"]),

        // Floor 1: deterministic world. One thread, no clock, no files.
        room("DeviceSpecs", ["Units", "RegisterMaps"]),
        room("Plant", ["Units"]),
        room("RunRecords"),
        room("Scenario", ["Units", "DeviceSpecs", "RegisterMaps", "Plant", "RunRecords"]),
        room("Expectations", ["Units", "Scenario", "RunRecords"]),
        room("RackControl", ["Units", "ModbusWire", "RegisterMaps", "DeviceSpecs", "ControlLaws"]),
        room(
            "Simulation",
            [
                "Units", "ModbusWire", "RegisterMaps", "DeviceFirmware", "ControlLaws", "DeviceSpecs", "Plant",
                "Scenario", "RackControl", "RunRecords", "Expectations",
            ]),

        room(
            "Swarm",
            ["Units", "DeviceSpecs", "RegisterMaps", "Plant", "Scenario", "RunRecords", "Expectations", "Simulation"]),

        // Bills of parts and when their racks can be energised.
        room("Delivery", ["Units"]),

        // Floor 2: edges. Each adapts exactly one outside thing.
        room("YAMLReading", ["Units", yams]),
        room("SpecFiles", ["Units", "RegisterMaps", "DeviceSpecs", "YAMLReading"]),
        room(
            "ScenarioFiles",
            [
                "Units", "RegisterMaps", "DeviceSpecs", "Scenario", "Plant", "RunRecords", "YAMLReading", "SpecFiles",
            ]),
        room(
            "BillFiles",
            ["Units", "DeviceSpecs", "RegisterMaps", "Scenario", "Delivery", "YAMLReading", "ScenarioFiles"]),
        room("RunStore", ["RunRecords", grdb, sqlite]),
        room("Reports", ["RunRecords", "Delivery"]),
        room("Capture", ["RunRecords"]),
        room("ModbusServer", ["Units", "ModbusWire", "DeviceSpecs", "Scenario", "Simulation", nioCore, nioPosix]),
        // Debian's libmodbus, the master's side of real buses.
        .systemLibrary(name: "CLibmodbus", pkgConfig: "libmodbus", providers: [.apt(["libmodbus-dev"])]),
        room("ModbusMaster", ["Units", "ModbusWire", "RegisterMaps", "RackControl", "CLibmodbus"]),
        room("RealTime", ["Units", histogram]),
        room(
            "ControlLoop",
            [
                "Units", "ModbusWire", "RegisterMaps", "ControlLaws", "DeviceSpecs", "Scenario", "RackControl",
                "RunRecords", "ModbusMaster", "RealTime",
            ]),
        room("TerminalView", ["Units"]),
        room("RackDrawings", ["Units", "Plant", "DeviceSpecs", "Scenario"]),

        // Floor 3: executables.
        .executableTarget(
            name: "busbar",
            dependencies: [
                "Units", "ModbusWire", "RegisterMaps", "DeviceSpecs", "Plant", "Scenario", "Simulation", "RunRecords",
                "Expectations",
                "YAMLReading", "SpecFiles", "ScenarioFiles", "RunStore", "Reports", "Capture", "ModbusServer", "Swarm",
                "ModbusMaster", "RealTime", "ControlLoop", "RackControl", "TerminalView", "Delivery", "BillFiles",
                "RackDrawings", argumentParser,
            ],
            swiftSettings: strict),
        // Counts heap allocations; for benchmarks only.
        .target(name: "CAllocationCount"),
        .executableTarget(
            name: "busbar-bench",
            dependencies: [
                "CAllocationCount", "RunRecords", "RunStore", "Scenario", "ScenarioFiles", "Simulation", "Units",
                "Plant", "RackControl", "ModbusMaster", "RealTime", "ControlLoop",
                argumentParser,
            ],
            swiftSettings: strict),

        // Asks real devices through ModbusMaster: for judging and measuring it.
        .executableTarget(
            name: "busbar-scan",
            dependencies: [
                "CAllocationCount", "ModbusMaster", "ModbusWire", "RackControl", "RegisterMaps", "Units",
                argumentParser,
            ],
            swiftSettings: strict),

        tests(of: "Units"),
        tests(of: "Expectations", ["Units", "Scenario", "RunRecords"]),
        tests(
            of: "ScenarioFiles",
            ["Units", "RegisterMaps", "DeviceSpecs", "Plant", "Scenario", "RunRecords", "YAMLReading"]),
        tests(of: "YAMLReading"),
        .testTarget(
            name: "SwarmTests",
            dependencies: [
                "Swarm", "Units", "DeviceSpecs", "Plant", "Scenario", "ScenarioFiles", "YAMLReading", "RunRecords",
                "Simulation",
            ],
            exclude: ["Regressions"], swiftSettings: strict),
        tests(of: "DeviceSpecs", ["Units", "RegisterMaps"]),
        tests(of: "SpecFiles", ["Units", "RegisterMaps", "DeviceSpecs", "YAMLReading"]),
        tests(of: "Plant", ["Units"]),
        tests(of: "ModbusWire", ["Units"]),
        tests(of: "RegisterMaps", ["Units"]),
        .testTarget(
            name: "UnitServerTests", dependencies: ["DeviceFirmware", "RegisterMaps", "ModbusWire", "Units"],
            swiftSettings: strict),
        tests(of: "ModbusMaster", ["Units", "ModbusWire", "RegisterMaps", "RackControl"]),
        tests(of: "RunRecords"),
        tests(of: "Delivery"),
        tests(of: "BillFiles", ["Delivery", "ScenarioFiles", "DeviceSpecs", "RegisterMaps", "YAMLReading"]),
        tests(of: "Reports", ["RunRecords", "Delivery", "ControlLaws", "RackControl"]),
        tests(of: "RunStore", ["RunRecords", grdb]),
        tests(of: "Capture", ["RunRecords"]),
        tests(of: "TerminalView", ["Units"]),
        tests(of: "RackDrawings", ["Units", "Plant", "Scenario", "ScenarioFiles", "YAMLReading"]),
        tests(
            of: "ModbusServer",
            [
                "Units", "ModbusWire", "DeviceSpecs", "Simulation", "Scenario", "ScenarioFiles", "RunRecords", nioCore,
                nioEmbedded,
            ]),

        tests(of: "RealTime", ["Units"]),
        tests(
            of: "ControlLoop",
            [
                "Units", "ModbusWire", "RegisterMaps", "DeviceSpecs", "Scenario", "ScenarioFiles", "Plant",
                "RackControl",
                "Simulation", "ModbusMaster", "ModbusServer", "RealTime",
            ]),

        // The rules of the house, checked by reading the sources.
        .testTarget(name: "TidyTests", swiftSettings: strict),
        tests(of: "ControlLaws", ["Units"]),
        tests(of: "RackControl", ["Units", "ModbusWire", "RegisterMaps", "DeviceSpecs", "ControlLaws"]),
        tests(of: "DeviceFirmware", ["Units", "RegisterMaps"]),
        // Calls the built program as a user does.
        .testTarget(name: "CommandLineTests", dependencies: ["busbar"], swiftSettings: strict),
        tests(
            of: "Simulation",
            [
                "Units", "ModbusWire", "RegisterMaps", "DeviceSpecs", "Plant", "Scenario", "ScenarioFiles",
                "SpecFiles", "YAMLReading", "RackControl", "RunRecords",
            ]),
    ]
)
