/// What supplies and tethers have in common.
extension [KnownFlag] {
    /// `ConverterOutputAlarms`.
    static var converterOutput: [KnownFlag] {
        [
            KnownFlag(0, "under-voltage"), KnownFlag(1, "over-voltage"), KnownFlag(2, "over-current"),
            KnownFlag(3, "short-circuit"), KnownFlag(8, "stage-failed", "dcdc-failed"),
            KnownFlag(9, "secondary-controller-failed", "secondary-mcu-failed"), KnownFlag(10, "oring-failed"),
        ]
    }
}
