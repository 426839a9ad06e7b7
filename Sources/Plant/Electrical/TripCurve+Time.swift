extension TripCurve {
    /// Seconds to trip at a steady multiple of the rated current, in the middle of the tolerance band; `nil` where the
    /// curve never trips. The formulas are those of IEC 60255-151 (very inverse: 13.5, 1; extremely inverse: 80, 2).
    public func time(atMultiple multiple: Double) -> Double? {
        switch self {
        case .veryInverse(let timeMultiplier):
            return multiple > 1 ? timeMultiplier * 13.5 / (multiple - 1) : nil
        case .extremelyInverse(let timeMultiplier):
            return multiple > 1 ? timeMultiplier * 80 / (multiple * multiple - 1) : nil
        case .table(let points):
            guard let first = points.first, multiple >= first.x else { return nil }
            return points.interpolated(at: multiple)
        }
    }
}
