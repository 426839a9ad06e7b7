import ModbusWire
import Testing

/// A request and its response, as the Modbus application protocol specification V1.1b3 prints them in section 6.
struct SpecificationExample: Sendable, CustomTestStringConvertible {
    var section: String
    var request: [UInt8]
    var response: [UInt8]
    var testDescription: String { section }

    init(_ section: String, _ request: String, _ response: String) {
        self.section = section
        self.request = octets(request)
        self.response = octets(response)
    }

    static let all: [SpecificationExample] = [
        .init("6.1 read coils", "01 00 13 00 13", "01 03 CD 6B 05"),
        .init("6.2 read discrete inputs", "02 00 C4 00 16", "02 03 AC DB 35"),
        .init("6.3 read holding registers", "03 00 6B 00 03", "03 06 02 2B 00 00 00 64"),
        .init("6.4 read input registers", "04 00 08 00 01", "04 02 00 0A"),
        .init("6.5 write single coil", "05 00 AC FF 00", "05 00 AC FF 00"),
        .init("6.6 write single register", "06 00 01 00 03", "06 00 01 00 03"),
        .init("6.7 read exception status", "07", "07 6D"),
        .init("6.8 return query data", "08 00 00 A5 37", "08 00 00 A5 37"),
        .init("6.11 write multiple coils", "0F 00 13 00 0A 02 CD 01", "0F 00 13 00 0A"),
        .init("6.12 write multiple registers", "10 00 01 00 02 04 00 0A 01 02", "10 00 01 00 02"),
        // The specification leaves the content to the device: identifier 0x42, running.
        .init("6.13 report server identifier", "11", "11 02 42 FF"),
        .init(
            "6.14 read file record", "14 0E 06 00 04 00 01 00 02 06 00 03 00 09 00 02",
            "14 0C 05 06 0D FE 00 20 05 06 33 CD 00 40"),
        .init(
            "6.15 write file record", "15 0D 06 00 04 00 07 00 03 06 AF 04 BE 10 0D",
            "15 0D 06 00 04 00 07 00 03 06 AF 04 BE 10 0D"),
        .init("6.16 mask write register", "16 00 04 00 F2 00 25", "16 00 04 00 F2 00 25"),
        .init(
            "6.17 read/write multiple registers", "17 00 03 00 06 00 0E 00 03 06 00 FF 00 FF 00 FF",
            "17 0C 00 FE 0A CD 00 01 00 03 00 0D 00 FF"),
        .init("6.18 read FIFO queue", "18 04 DE", "18 00 06 00 02 01 B8 12 84"),
        // The specification prints 0x0D as the length of its 15 characters; the right length stands here.
        .init(
            "6.21 read device identification", "2B 0E 01 00",
            """
            2B 0E 01 01 00 00 03 00 16 43 6F 6D 70 61 6E 79 20 69 64 65 6E 74 69 66 69 63 61 74 69 6F 6E \
            01 0F 50 72 6F 64 75 63 74 20 63 6F 64 65 20 58 58 02 05 56 32 2E 31 31
            """),
    ]
}

/// "01 0A" to octets.
func octets(_ text: String) -> [UInt8] {
    text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { UInt8($0, radix: 16)! }
}

/// The same octets with one bit turned.
func flipped(_ octets: [UInt8], bit: Int) -> [UInt8] {
    var result = octets
    result[bit / 8] ^= 1 << UInt8(bit % 8)
    return result
}

/// `#expect` for what the macro cannot carry: calls with `inout` arguments, and tuples.
func expectEqual<Value: Equatable>(_ found: Value, _ expected: Value, at place: SourceLocation = #_sourceLocation) {
    #expect(found == expected, sourceLocation: place)
}

func expectEqual<First: Equatable, Second: Equatable>(
    _ found: (First, Second), _ expected: (First, Second), at place: SourceLocation = #_sourceLocation
) {
    #expect(found.0 == expected.0, sourceLocation: place)
    #expect(found.1 == expected.1, sourceLocation: place)
}

/// The octets as a serial-line ADU.
func serialFrame(unit: UInt8, _ pdu: [UInt8]) -> [UInt8] {
    var frame = FrameBuffer()
    frame.beginRTU(unit: unit)
    frame.append(contentsOf: pdu.span)
    frame.endRTU()
    return frame.array
}
