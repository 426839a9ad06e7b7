/// A bus as the capture names it: one interface of the file each.
public struct CapturedBus: Sendable {
    public enum Framing: Sendable {
        /// Unit, PDU, CRC-16.
        case rtu
        /// MBAP header, PDU.
        case tcp
    }

    public var name: String
    public var framing: Framing
    /// `rtu 115200 8E1`: shown by Wireshark beside the name.
    public var details: String

    public init(name: String, framing: Framing, details: String = "") {
        self.name = name
        self.framing = framing
        self.details = details
    }
}
