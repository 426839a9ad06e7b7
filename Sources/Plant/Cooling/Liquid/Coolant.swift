/// What flows in the trays' loop: PG25, a quarter propylene glycol in water.
public enum Coolant {
    /// kg/L at 30 degC; typical.
    public static let density = 1.02
}
