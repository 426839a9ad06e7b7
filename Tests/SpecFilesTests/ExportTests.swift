import DeviceSpecs
import Foundation
import RegisterMaps
import SpecFiles
import Testing
import YAMLReading

/// Runs a program of the machine on a file; `nil` when there is no such program.
private func run(_ program: String, _ arguments: [String], on text: String, named name: String) throws
    -> (status: Int32, output: String)?
{
    let candidates = ["/usr/bin/\(program)", "/usr/local/bin/\(program)"]
    guard let path = candidates.first(where: FileManager.default.isExecutableFile) else { return nil }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try text.write(to: file, atomically: true, encoding: .utf8)
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments + [file.path]
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
}

private let hasC = FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")
private let hasPython = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

@Suite struct ExportTests {
    @Test(.enabled(if: hasC, "no C compiler at /usr/bin/cc"), arguments: ShippedSpecsTests.files)
    func `a C header compiles without a warning`(model: String) throws {
        let header = SpecExport.cHeader(try ShippedSpecsTests.load(model))
        let source = header + "\nint main(void) { return 0; }\n"
        let result = try #require(
            try run(
                "cc", ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-fsyntax-only"], on: source,
                named: "a.c"))
        #expect(result.status == 0, "\(result.output)")
    }

    @Test(.enabled(if: hasC, "no C compiler at /usr/bin/cc"))
    func `the constants of a C header have the values of the spec`()
        throws
    {
        let header = SpecExport.cHeader(try ShippedSpecsTests.load("busbar-pm-1"))
        let checks = [
            "BUSBAR_PM_1_POWER_LIMIT_ADDRESS == 0x20", "BUSBAR_PM_1_POWER_LIMIT_SCALE_NUMERATOR == 1000",
            "BUSBAR_PM_1_POWER_LIMIT_LOWEST_RAW == 200", "BUSBAR_PM_1_POWER_LIMIT_HIGHEST_RAW == 12000",
            "BUSBAR_PM_1_POWER_LIMIT_DEFAULT_RAW == 6000", "BUSBAR_PM_1_INPUT_POWER_WORDS == 2",
            "BUSBAR_PM_1_STATUS_BIT_LATCHED_FAULT == 0x8000",
            "sizeof BUSBAR_PM_1_PRODUCT_DEFAULT_TEXT == sizeof \"BUSBAR-PM-1\"",
        ]
        let asserts = checks.map { "_Static_assert(\($0), \"\");" }.joined(separator: "\n")
        let result = try #require(
            try run(
                "cc", ["-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only"], on: header + asserts, named: "a.c"))
        #expect(result.status == 0, "\(result.output)")
    }

    @Test(.enabled(if: hasC, "no C compiler at /usr/bin/cc"))
    func `texts that look like C do not break the header`() throws {
        let text = MistakeTests.spec(
            "{name: 3-a, at: 1, type: text, words: 8, default: 'a\"b\\??/*/', says: 'ends */ and /* begins'}",
            "{name: f, at: 10, type: flags, words: 4, bits: {63: top}}",
            "{name: n, at: 14, type: s32, access: rw, default: -2147483648}")
        let (specification, problems) = SpecFile.load(text: text, file: "x.yaml")
        #expect(problems == [])
        let header = SpecExport.cHeader(try #require(specification))
        let result = try #require(
            try run(
                "cc", ["-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only"],
                on: header + "_Static_assert(X_1_F_BIT_TOP == UINT64_C(0x8000000000000000), \"\");\n"
                    + "_Static_assert(X_1_N_DEFAULT_RAW == -2147483647 - 1, \"\");\n", named: "a.c"))
        #expect(result.status == 0, "\(result.output)")
    }

    @Test(arguments: ShippedSpecsTests.files) func `rackmon JSON imports again with the same registers`(model: String)
        throws
    {
        let specification = try ShippedSpecsTests.load(model)
        let (text, notes) = SpecExport.rackmon(specification)
        #expect(notes == ["access rights, ranges and defaults are left out: rackmon has none"])
        let (imported, problems) = SpecImport.read(text: text, file: "x.json")
        #expect(problems == [])
        let again = try #require(imported).specification
        #expect(again.serial.baud == specification.serial.baud)
        #expect(again.serial.parity == specification.serial.parity)
        #expect(again.serial.units == specification.serial.units)
        #expect(again.points.map(\.name) == specification.points.map(\.name))
        for (one, two) in zip(specification.points, again.points) {
            #expect(one.definition.address == two.definition.address)
            #expect(one.definition.wordCount == two.definition.wordCount)
            #expect(one.definition.encoding == two.definition.encoding)
            #expect(one.bits.map(\.name) == two.bits.map(\.name))
            #expect(one.unit == two.unit)
            // A time in whole seconds is counted in seconds by its signal and in milliseconds without one.
            guard one.unit != "s" else { continue }
            #expect(one.definition.scale == two.definition.scale, "\(one.name)")
        }
    }

    @Test(.enabled(if: hasPython, "no Python at /usr/bin/python3"), arguments: ShippedSpecsTests.files)
    func `another JSON reader takes the rackmon export`(model: String) throws {
        let (text, _) = SpecExport.rackmon(try ShippedSpecsTests.load(model))
        let result = try #require(try run("python3", ["-m", "json.tool"], on: text, named: "a.json"))
        #expect(result.status == 0, "\(result.output)")
    }

    @Test func `rackmon writes binary fractions as precision and decimal ones as scale`() throws {
        let (text, _) = SpecExport.rackmon(try ShippedSpecsTests.load("psu-orv3-hpr"))
        #expect(
            text.contains(
                "{\"begin\": 79, \"length\": 1, \"name\": \"output-voltage\", \"format\": \"FLOAT\", \"precision\": 10, "
                    + "\"unit\": \"V\"}"))
        #expect(
            text.contains(
                "{\"begin\": 71, \"length\": 1, \"name\": \"maximum-temperature\", \"format\": \"FLOAT\", \"precision\": 7, "
                    + "\"sign\": true, \"unit\": \"degC\"}"))
        #expect(text.contains("\"name\": \"power-factor\", \"format\": \"FLOAT\", \"precision\": 7, \"scale\": 25"))
    }

    @Test func `registers that rackmon cannot reach are noted`() throws {
        let text = MistakeTests.spec(
            MistakeTests.sound, "{name: door, at: 0, type: bit, table: discrete}",
            "{name: swapped, at: 8, type: u32, word-order: low-first}")
        let (json, notes) = SpecExport.rackmon(try #require(SpecFile.load(text: text, file: "x.yaml").0))
        #expect(!json.contains("door"))
        #expect(
            notes == [
                "\"door\" is left out: rackmon reads holding registers only",
                "\"swapped\" stands high word first here: rackmon cannot swap words without swapping octets",
            ])
    }

    @Test func `CSV has a head line and one line per point, with quotes where they are due`() throws {
        let text = MistakeTests.spec(
            "{name: a, at: 1, type: u16, scale: 10 mV, access: rw, range: [0 V, 5 V], says: 'one, \"two\"'}",
            "{name: b, at: 2, type: flags, bits: {0: x, 3: y}, signal: status}")
        let csv = SpecExport.csv(try #require(SpecFile.load(text: text, file: "x.yaml").0))
        #expect(
            csv
                == "address,words,table,name,type,word_order,scale,offset,unit,access,lowest,highest,default,signal,flags,says\r\n"
                + "1,1,holding,a,u16,high-first,10 mV,,mV,rw,0 V,5 V,0 V,,,\"one, \"\"two\"\"\"\r\n"
                + "2,1,holding,b,flags,high-first,,,,ro,,,,status,0=x 3=y,\r\n")
    }

    @Test func `a Markdown page lists registers and, below, the flags of each flag word`() throws {
        let text = MistakeTests.spec(
            "{name: a, at: 0x1F, type: u16, scale: 10 mV, access: rw, range: [0 V, 5 V], default: 1.5 V, says: 'one | two'}",
            "{name: b, at: 0x20, type: flags, bits: {0: low, 15: high}, signal: status}")
        let page = SpecDocument.markdown(try #require(SpecFile.load(text: text, file: "x.yaml").0))
        #expect(page.hasPrefix("# x-1\n"))
        #expect(page.contains("\n| `0x001F` 31 | 1 | a | u16 | 10 mV | rw | 0 V to 5 V | 1.5 V |  | one \\| two |\n"))
        #expect(page.contains("\n`b` at 0x0020\n\n| bit | mask | flag |\n|---:|---|---|\n| 0 | `0x0001` | low |\n"))
        #expect(page.contains("| 15 | `0x8000` | high |\n\n## Not in this map\n"))
    }

    @Test func `the columns of the terminal table begin at the same place in every line`() throws {
        let lines = SpecDocument.table(try ShippedSpecsTests.load("busbar-pm-1")).split(separator: "\n")
        let head = try #require(lines.firstIndex { $0.hasPrefix("address") })
        let column = try #require(lines[head].firstRange(of: "access")).lowerBound
        let distance = lines[head].distance(from: lines[head].startIndex, to: column)
        for line in lines[(head + 1)...] {
            #expect(["ro", "rw", "wo"].contains(line.dropFirst(distance).prefix(2)), "\(line)")
        }
    }
}

@Suite struct SpecFolderTests {
    @Test func `a model is found by its name`() throws {
        let folder = SpecFolder(path: Places.specs.path)
        let (specification, problems) = try folder.load(model: "busbar-pm-1")
        #expect(problems == [])
        #expect(specification?.model == "busbar-pm-1")
        #expect(try folder.files().count == ShippedSpecsTests.files.count)
    }

    @Test func `a model that is not there is told with the nearest one`() {
        #expect(throws: FileTrouble.self) { try SpecFolder(path: Places.specs.path).load(model: "busbar-pm-2") }
        do {
            _ = try SpecFolder(path: Places.specs.path).load(model: "busbar-pm-2")
        } catch {
            #expect(error.reason == "no such model; did you mean \"busbar-pm-1\"?")
        }
    }

    @Test func `a spec named unlike its file is a problem`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "y-2.yaml")
        try MistakeTests.spec(MistakeTests.sound).write(to: file, atomically: true, encoding: .utf8)
        let (specification, problems) = try SpecFolder(path: folder.path).load(model: "y-2")
        #expect(specification == nil)
        #expect(
            problems.map(\.description) == [
                "\(file.path): expected \"model: y-2\", as the file is named, found \"x-1\"; rename one of them"
            ])
    }

    @Test func `a missing file and one that is no text say so`() throws {
        #expect(throws: FileTrouble(path: "/nowhere/x.yaml", reason: "no such file")) {
            try SpecFile.load(path: "/nowhere/x.yaml")
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        try Data([0xFF, 0xFE, 0x00]).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(throws: FileTrouble(path: file.path, reason: "not UTF-8 text")) { try SpecFile.load(path: file.path) }
    }
}
