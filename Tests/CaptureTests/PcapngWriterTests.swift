import Capture
import Foundation
import RunRecords
import Testing

/// tshark is the oracle: people will read the file with it.
private let tshark: String? = ["/usr/bin/tshark", "/usr/local/bin/tshark", "/opt/homebrew/bin/tshark"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

private func dissect(_ path: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(tshark))
    process.arguments = ["-r", path] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: text, as: UTF8.self)
}

private func temporaryPath() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("busbar-\(UUID().uuidString).pcapng").path
}

extension PcapngWriter {
    fileprivate func take(_ octets: [UInt8], at: Int64, bus: Int, unit: UInt8, _ direction: FrameDirection) {
        octets.withUnsafeBytes { record(frame: $0, at: at, bus: bus, unit: unit, direction: direction) }
    }
}

private let buses = [
    CapturedBus(name: "trays", framing: .rtu, details: "rtu 115200 8E1"), CapturedBus(name: "bmcs", framing: .tcp),
]

// Frames in the form of the Modbus Application Protocol specification V1.1b3, section 6.3, and its exception answer.
private let rtuRequest: [UInt8] = [0x10, 0x03, 0x00, 0x6B, 0x00, 0x03, 0x77, 0x56]
private let rtuResponse: [UInt8] = [0x10, 0x03, 0x06, 0x02, 0x2B, 0x00, 0x00, 0x00, 0x64, 0xC5, 0x2A]
private let rtuException: [UInt8] = [0x10, 0x83, 0x02, 0x90, 0xF4]
private let tcpRequest: [UInt8] = [0, 7, 0, 0, 0, 6, 0x01, 0x03, 0x00, 0x6B, 0x00, 0x03]
private let tcpResponse: [UInt8] = [0, 7, 0, 0, 0, 9, 0x01, 0x03, 0x06, 0x02, 0x2B, 0x00, 0x00, 0x00, 0x64]

@Suite struct PcapngWriterTests {
    private func capture(limit: Int = 1 << 20, _ writing: (PcapngWriter) -> Void) throws -> String {
        let path = temporaryPath()
        let writer = try PcapngWriter(
            path: path, buses: buses, application: "Busbar test", comment: "first-light, seed 1", limit: limit)
        writing(writer)
        try writer.finish()
        return path
    }

    @Test func `the file begins with a section header and one interface per bus`() throws {
        let path = try capture { _ in }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let octets = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(octets.prefix(4) == [0x0A, 0x0D, 0x0D, 0x0A])
        #expect(octets[8..<16] == [0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0])
        var types: [UInt8] = []
        var links: [UInt8] = []
        var offset = 0
        while offset < octets.count {
            let length = Int(octets[offset + 4]) | Int(octets[offset + 5]) << 8
            try #require(length >= 12 && length.isMultiple(of: 4) && offset + length <= octets.count)
            #expect(octets[offset + length - 4] == octets[offset + 4])
            types.append(octets[offset])
            if octets[offset] == 1 { links.append(octets[offset + 8]) }
            offset += length
        }
        #expect(types == [0x0A, 1, 1, 5, 5])
        #expect(links == [252, 101])
    }

    @Test(.enabled(if: tshark != nil, "tshark is not installed: apt-get install tshark"))
    func `tshark shows Modbus on both kinds of bus without an option`() throws {
        let path = try capture { writer in
            writer.take(rtuRequest, at: 1_000_000, bus: 0, unit: 16, .request)
            writer.take(rtuResponse, at: 3_500_001, bus: 0, unit: 16, .response)
            writer.take(rtuRequest, at: 5_000_000, bus: 0, unit: 16, .request)
            writer.take(rtuException, at: 6_000_000, bus: 0, unit: 16, .response)
            for transaction in 0..<3 {
                writer.take(tcpRequest, at: Int64(10_000_000 + transaction * 1_000_000), bus: 1, unit: 1, .request)
                writer.take(tcpResponse, at: Int64(10_400_000 + transaction * 1_000_000), bus: 1, unit: 1, .response)
            }
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let fields = try dissect(
            path,
            [
                "-T", "fields", "-E", "separator=,", "-E", "aggregator=;", "-e", "frame.interface_name", "-e",
                "_ws.col.Protocol",
                "-e", "ip.dst", "-e", "modbus.func_code", "-e", "modbus.regval_uint16", "-e", "modbus.exception_code",
                "-e", "frame.time_epoch",
            ]
        ).split(separator: "\n")
        #expect(
            fields == [
                "trays,Modbus RTU,10.1.0.16,3,,,0.001000000", "trays,Modbus RTU,10.0.0.1,3,555;0;100,,0.003500001",
                "trays,Modbus RTU,10.1.0.16,3,,,0.005000000", "trays,Modbus RTU,10.0.0.1,3,,2,0.006000000",
                "bmcs,Modbus/TCP,10.2.0.1,3,,,0.010000000", "bmcs,Modbus/TCP,10.0.0.1,3,555;0;100,,0.010400000",
                "bmcs,Modbus/TCP,10.2.0.1,3,,,0.011000000", "bmcs,Modbus/TCP,10.0.0.1,3,555;0;100,,0.011400000",
                "bmcs,Modbus/TCP,10.2.0.1,3,,,0.012000000", "bmcs,Modbus/TCP,10.0.0.1,3,555;0;100,,0.012400000",
            ])
        // The exception answer itself is an expert note of the Modbus dissector; nothing else may be noted.
        let notes = try dissect(
            path,
            [
                "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "mbrtu.crc_verification:TRUE",
                "-Y", "(_ws.expert || _ws.malformed) && !modbus.exception_code",
            ])
        #expect(notes.isEmpty)
    }

    @Test(.enabled(if: tshark != nil, "tshark is not installed: apt-get install tshark"))
    func `a cut frame on TCP does not spoil the frames after it`() throws {
        let path = try capture { writer in
            writer.take(tcpRequest, at: 1, bus: 1, unit: 1, .request)
            writer.take(Array(tcpResponse.prefix(10)), at: 2, bus: 1, unit: 1, .response)
            writer.take(tcpRequest, at: 3, bus: 1, unit: 1, .request)
            writer.take(tcpResponse, at: 4, bus: 1, unit: 1, .response)
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let codes = try dissect(path, ["-T", "fields", "-e", "modbus.func_code"])
        #expect(
            codes.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) == ["3", "", "3", "3", ""])
    }

    @Test func `frames beyond the limit are counted and left out`() throws {
        let path = temporaryPath()
        let writer = try PcapngWriter(path: path, buses: buses, application: "", comment: "", limit: 4_000)
        for frame in 0..<1_000 { writer.take(rtuRequest, at: Int64(frame), bus: 0, unit: 16, .request) }
        try writer.finish()
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(writer.framesLeftOut > 900)
        try #expect(Data(contentsOf: URL(fileURLWithPath: path)).count < 4_500)
    }

    @Test func `a folder that is a file is a failure with its path`() throws {
        let path = temporaryPath()
        try Data().write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let failure = #expect(throws: CaptureFailure.self) {
            try PcapngWriter(path: path + "/bus.pcapng", buses: buses, application: "", comment: "")
        }
        #expect(failure?.description.hasPrefix("cannot create \(path)/bus.pcapng: ") == true)
    }
}
