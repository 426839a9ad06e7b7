/// Where a third-party master meets the device.
public struct ExportTarget: Hashable, Sendable {
    /// `host:port`.
    public var place: String
    /// 1...255.
    public var unit: UInt8

    public init(place: String, unit: UInt8) {
        self.place = place
        self.unit = unit
    }
}
