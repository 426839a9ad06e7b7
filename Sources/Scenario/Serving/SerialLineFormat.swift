public import DeviceSpecs

/// What a serial line's two ends must agree on; eight data bits always (serial-line specification V1.02, section 2.5.1).
public struct SerialLineFormat: Hashable, Sendable {
    /// Bits per second.
    public var baud: Int
    public var parity: Parity
    /// 1 or 2.
    public var stopBits: Int

    /// Without `stopBits`: one with a parity bit and two without, so that a character has eleven bits
    /// (specification V1.02, section 2.5.1).
    public init(baud: Int, parity: Parity, stopBits: Int? = nil) {
        self.baud = baud
        self.parity = parity
        self.stopBits = stopBits ?? (parity == .none ? 2 : 1)
    }

    /// What every device on a serial line has to offer: 19200 baud, even parity (V1.02, section 2.5.1).
    public static let standard = SerialLineFormat(baud: 19_200, parity: .even)

    /// The rates that serial devices can be asked for by name (POSIX, and Linux's asm-generic/termbits.h), from 1200 on.
    public static let rates =
        SerialSettings.rates + [1_152_000, 1_500_000, 2_000_000, 2_500_000, 3_000_000, 3_500_000, 4_000_000]
}

extension SerialLineFormat: CustomStringConvertible {
    /// `115200 8E1`
    public var description: String {
        let letter =
            switch parity {
            case .none: "N"
            case .even: "E"
            case .odd: "O"
            }
        return "\(baud) 8\(letter)\(stopBits)"
    }
}
