internal import Foundation
internal import NIOCore

/// Client addresses that may connect: one address, or a network in CIDR notation such as 10.1.0.0/16 or fd00::/8.
public struct AddressRange: Hashable, Sendable {
    /// 4 or 16 octets, in the order of the network.
    let octets: [UInt8]
    /// Leading bits that must agree.
    let bits: Int

    /// Reads `ADDRESS` or `ADDRESS/BITS`; `nil` for anything else, and for a network with bits behind its mask, which is
    /// most often a slip that would let in more than was meant.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let octets = Self.octets(of: String(parts[0])) else { return nil }
        let width = octets.count * 8
        var bits = width
        if parts.count == 2 {
            guard parts[1].count <= 3, parts[1].allSatisfy({ $0.isASCII && $0.isNumber }), let given = Int(parts[1]),
                given <= width
            else { return nil }
            bits = given
        }
        guard Self.masked(octets, to: bits) == octets else { return nil }
        self.octets = octets
        self.bits = bits
    }

    /// Whether a client's address lies inside. IPv4 clients of an IPv6 socket (::ffff:10.0.0.1) count as IPv4.
    func contains(_ address: SocketAddress) -> Bool {
        guard let text = address.ipAddress, var other = Self.octets(of: text) else { return false }
        let mapped: [UInt8] = Array(repeating: 0, count: 10) + [255, 255]
        if octets.count == 4, other.count == 16, other.starts(with: mapped) { other.removeFirst(12) }
        return other.count == octets.count && Self.masked(other, to: bits) == octets
    }

    private static func octets(of text: String) -> [UInt8]? {
        var short = in_addr()
        if inet_pton(AF_INET, text, &short) == 1 { return withUnsafeBytes(of: short) { Array($0) } }
        var long = in6_addr()
        // The scope of a link-local address (%eth0) is no part of it.
        guard inet_pton(AF_INET6, String(text.prefix { $0 != "%" }), &long) == 1 else { return nil }
        return withUnsafeBytes(of: long) { Array($0) }
    }

    private static func masked(_ octets: [UInt8], to bits: Int) -> [UInt8] {
        octets.indices.map { index in
            let kept = min(8, max(0, bits - index * 8))
            return octets[index] & ~UInt8(truncatingIfNeeded: 0xFF >> kept)
        }
    }
}
