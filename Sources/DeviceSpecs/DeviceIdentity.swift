public import Units

/// What a device calls itself, in function 43/14 and in the registers that its spec binds to it.
public struct DeviceIdentity: Hashable, Sendable {
    public var vendor: String
    public var product: String
    public var revision: String

    public init(vendor: String, product: String, revision: String) {
        self.vendor = vendor
        self.product = product
        self.revision = revision
    }
}

public enum Parity: String, CaseIterable, Sendable {
    case none
    case even
    case odd
}

/// How a device behaves on a serial line.
public struct SerialSettings: Hashable, Sendable {
    /// The rates from 1200 bits per second to a million that serial devices can be asked for by name (POSIX, and Linux's
    /// asm-generic/termbits.h).
    public static let rates = [
        1_200, 1_800, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 500_000, 576_000, 921_600,
        1_000_000,
    ]

    /// Bits per second, one of `rates`.
    public var baud: Int
    public var parity: Parity
    /// From the end of a request (after its t3.5) to the first octet of the answer.
    public var turnaround: Interval
    /// The unit identifiers that the device can be strapped to, 1...255.
    public var units: [ClosedRange<UInt8>]

    public init(baud: Int, parity: Parity, turnaround: Interval, units: [ClosedRange<UInt8>]) {
        self.baud = baud
        self.parity = parity
        self.turnaround = turnaround
        self.units = units
    }
}
