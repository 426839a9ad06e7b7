public import Units

extension Temperature {
    /// Readings outside this range are the sensor's fault, not the rack's state.
    ///
    /// -40 °C to 150 °C: no silicon sensor in a working rack reads beyond (arbitrary, wide).
    @inlinable public static var plausible: ClosedRange<Temperature> { .degrees(-40)...Temperature.degrees(150) }
}
