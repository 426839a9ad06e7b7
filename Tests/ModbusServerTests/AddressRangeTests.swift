import NIOCore
import Testing

@testable import ModbusServer

@Suite struct AddressRangeTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false), ("10.1.0.0/16", "10.1.255.255", true),
        ("10.1.0.0/16", "10.2.0.0", false), ("192.168.4.0/22", "192.168.7.255", true),
        ("192.168.4.0/22", "192.168.8.0", false), ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false),
        ("::1", "::1", true), ("fd00::/8", "fdab::1", true), ("fd00::/8", "fe80::1", false), ("::/0", "fe80::1", true),
        ("10.0.0.0/8", "::ffff:10.9.9.9", true), ("10.0.0.0/8", "::ffff:11.9.9.9", false),
        ("10.0.0.0/31", "10.0.0.1", true),
        ("10.0.0.0/31", "10.0.0.2", false),
    ])
    func `an address is inside or not`(range: String, address: String, isInside: Bool) throws {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try SocketAddress(ipAddress: address, port: 4711)) == isInside)
    }

    @Test(arguments: [
        "", "localhost", "10.0.0", "10.0.0.256", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8",
        "10.1.2.3/8",
        "/8", "fd00::1/8", "::/129", "10.0.0.0/ 8", "10.0.0.0/+8", "10.0.0.0/٨",
    ])
    func `what is no address or network is refused`(text: String) {
        #expect(AddressRange(text) == nil)
    }
}
