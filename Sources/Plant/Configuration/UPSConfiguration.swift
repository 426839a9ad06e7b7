/// A double-conversion UPS in front of a feed's breaker.
///
/// Its inverter bears an overload for a time by its table, and then hands the load to the bypass; the bypass bears one by
/// its own table, and then the output is off. While the utility is away the inverter lives on the battery.
public struct UPSConfiguration: Sendable {
    /// Output for ever, W.
    public var ratedPower: Double
    /// How long (y, s) the inverter bears a multiple (x) of the rated power; above the last point it gives up at once.
    public var inverterOverload: [CurvePoint]
    /// The same of the bypass; above its last point the last time counts.
    public var bypassOverload: [CurvePoint]
    /// How long the battery carries the rated power, s.
    public var autonomy: Double

    public init(
        ratedPower: Double, inverterOverload: [CurvePoint], bypassOverload: [CurvePoint], autonomy: Double
    ) {
        self.ratedPower = ratedPower
        self.inverterOverload = inverterOverload
        self.bypassOverload = bypassOverload
        self.autonomy = autonomy
    }

    /// 110 % for 2 min and 125 % for 30 s (Staco FirstLine user manual, overload table).
    public static let typicalInverterOverload = [CurvePoint(x: 1.1, y: 120), CurvePoint(x: 1.25, y: 30)]
    /// 125 % for 2 min, 150 % for 10 s, 700 % for 5 cycles (same table).
    public static let typicalBypassOverload = [
        CurvePoint(x: 1.25, y: 120), CurvePoint(x: 1.5, y: 10), CurvePoint(x: 7, y: 0.1),
    ]
}
