public import RunRecords

/// Writes the frames of all buses as pcapng, one interface per bus, so that `tshark -r bus.pcapng` shows Modbus without
/// any option.
///
/// - Modbus TCP travels in synthetic IPv4 and TCP headers. The controller is 10.0.0.1; unit U of bus B (from 0) is
///   10.(B + 1).0.U, port 502.
/// - Modbus RTU has no link type of its own. Each frame travels as a "Wireshark Upper PDU": a few tags that name
///   Wireshark's `mbrtu` dissector and the same addresses as above, then the octets of the line.
///
/// Formats: pcapng as in draft-ietf-opsawg-pcapng; Upper PDU as in Wireshark's `exported_pdu.h` (link type 252 in the
/// list of tcpdump.org); IPv4, TCP and their checksum as in RFC 791, 9293 and 1071. Times are simulated nanoseconds
/// from the start of the run, and never go back in the file: a frame waits until telemetry says that time has passed
/// its own.
public final class PcapngWriter: RunRecorder {
    /// Frames left out because the file had reached its limit, of those that were written so far.
    public private(set) var framesLeftOut = 0

    private let file: CaptureFile
    private var queue = FrameQueue()
    private let buses: [CapturedBus]
    private let limit: Int
    private var octetsWritten = 0
    private var framesOfBus: [(kept: UInt64, leftOut: UInt64)]
    /// One per bus and unit: index bus × 256 + unit.
    private var connections: [SyntheticConnection]
    private var latest: Int64 = 0
    private var isFinished = false

    /// - Parameters:
    ///   - application: `Busbar 0.1.0`.
    ///   - comment: what was run: scenario and seed.
    ///   - limit: octets after which frames are counted but no longer kept; the file says so in its statistics. The
    ///     default of 64 MiB is arbitrary: about half a million frames, more than anybody reads.
    public init(
        path: String, buses: [CapturedBus], application: String, comment: String, limit: Int = 64 * 1024 * 1024
    ) throws(CaptureFailure) {
        file = try CaptureFile(path: path)
        self.buses = buses
        self.limit = limit
        framesOfBus = Array(repeating: (0, 0), count: buses.count)
        connections = buses.indices.flatMap { bus in
            (0..<256).map { SyntheticConnection(bus: bus, unit: UInt8($0)) }
        }
        writeSectionHeader(application: application, comment: comment)
        for bus in buses { writeInterface(bus) }
    }

    public func begin(signals: [SignalDescription]) {}
    /// The run has come so far: no frame before this time is still to come.
    public func record(at seconds: Double, values: UnsafeBufferPointer<Double>) {
        queue.release(before: Int64((seconds * 1e9).rounded()), to: write)
    }
    public func record(_ event: EventMark) {}

    public func record(
        frame: UnsafeRawBufferPointer, at nanoseconds: Int64, bus: Int, unit: UInt8, direction: FrameDirection
    ) {
        precondition(buses.indices.contains(bus), "frames come from the buses that the capture was told of")
        // No Modbus frame is longer than 260 octets; garbage on a line may be.
        let kept = UnsafeRawBufferPointer(rebasing: frame.prefix(Self.longestFrame))
        queue.add(kept, at: nanoseconds, bus: bus, unit: unit, direction: direction)
        if queue.isFull { queue.releaseHalf(to: write) }
    }

    private func write(_ frame: FrameQueue.Frame, _ octets: UnsafeRawBufferPointer) {
        let bus = frame.bus
        latest = max(latest, frame.time)
        guard octetsWritten < limit else {
            framesOfBus[bus].leftOut += 1
            framesLeftOut += 1
            return
        }
        framesOfBus[bus].kept += 1
        let start = beginBlock(type: 6)
        file.little(UInt32(bus))
        file.little(UInt32(truncatingIfNeeded: frame.time >> 32))
        file.little(UInt32(truncatingIfNeeded: frame.time))
        let lengths = file.position
        file.little(UInt64(0))
        let index = bus * 256 + Int(frame.unit)
        let packet = file.position
        switch buses[bus].framing {
        case .tcp: connections[index].write(octets, direction: frame.direction, to: file)
        case .rtu: connections[index].writeUpperPDU(octets, dissector: "mbrtu", direction: frame.direction, to: file)
        }
        let length = UInt32(file.position - packet)
        file.overwriteLittle(length, at: lengths)
        file.overwriteLittle(length, at: lengths + 4)
        file.padToWord()
        endBlock(start)
    }

    /// Brings into the file what will not change any more: every frame before a time in nanoseconds, or, without one,
    /// before the last sample. The file then ends with a complete block.
    public func flush(before nanoseconds: Int64? = nil) {
        guard !isFinished else { return }
        if let nanoseconds { queue.release(before: nanoseconds, to: write) }
        file.flush()
    }

    /// Writes the statistics of each interface and everything that is still in the buffer.
    public func finish() throws(CaptureFailure) {
        if !isFinished {
            isFinished = true
            queue.release(before: .max, to: write)
            for bus in buses.indices { writeStatistics(of: bus) }
        }
        file.flush()
        if let failure = file.failure { throw failure }
    }

    /// 32 KiB; with its headers well below `CaptureFile.largestBlock` and the 64 KiB of an IPv4 packet.
    private static let longestFrame = 32 * 1024

    // MARK: Blocks

    private func writeSectionHeader(application: String, comment: String) {
        let start = beginBlock(type: 0x0A0D_0D0A)
        file.little(UInt32(0x1A2B_3C4D))
        file.little(UInt16(1))
        file.little(UInt16(0))
        file.little(UInt64.max)  // Length of the section: not said.
        option(1, text: comment)
        option(4, text: application)
        endOptions()
        endBlock(start)
    }

    private func writeInterface(_ bus: CapturedBus) {
        let start = beginBlock(type: 1)
        switch bus.framing {
        case .tcp: file.little(UInt16(101))  // LINKTYPE_RAW: an IP packet and nothing before it.
        case .rtu: file.little(UInt16(252))  // LINKTYPE_WIRESHARK_UPPER_PDU
        }
        file.little(UInt16(0))
        file.little(UInt32(0))  // No limit on the length of packets.
        option(2, text: bus.name)
        if !bus.details.isEmpty { option(3, text: bus.details) }
        option(9, length: 1)
        file.octet(9)  // Times in 10^-9 s.
        file.padToWord()
        endOptions()
        endBlock(start)
    }

    private func writeStatistics(of bus: Int) {
        let start = beginBlock(type: 5)
        file.little(UInt32(bus))
        file.little(UInt32(truncatingIfNeeded: latest >> 32))
        file.little(UInt32(truncatingIfNeeded: latest))
        if framesOfBus[bus].leftOut > 0 {
            option(1, text: "the file reached its limit: \(framesOfBus[bus].leftOut) later frames were left out")
        }
        option(4, length: 8)
        file.little(framesOfBus[bus].kept + framesOfBus[bus].leftOut)
        option(5, length: 8)
        file.little(framesOfBus[bus].leftOut)
        endOptions()
        endBlock(start)
    }

    private func beginBlock(type: UInt32) -> Int {
        file.beginBlock()
        let start = file.position
        file.little(type)
        file.little(UInt32(0))
        return start
    }

    private func endBlock(_ start: Int) {
        let length = UInt32(file.position - start + 4)
        file.overwriteLittle(length, at: start + 4)
        file.little(length)
        octetsWritten += Int(length)
    }

    private func option(_ code: UInt16, length: Int) {
        file.little(code)
        file.little(UInt16(length))
    }

    private func option(_ code: UInt16, text: String) {
        let octets = Array(text.utf8.prefix(4_000))
        option(code, length: octets.count)
        octets.withUnsafeBytes { file.octets($0) }
        file.padToWord()
    }

    private func endOptions() { option(0, length: 0) }
}
