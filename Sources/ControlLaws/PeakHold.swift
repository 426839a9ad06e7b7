public import Units

/// A peak detector that follows rises at once and falls back with a time constant.
///
/// The quasi-peak detector of electrical metrology in its digital form. It keeps the trough of a training step from
/// looking like idleness: the power of AI training swings with periods of 0.3 s to 5 s.
@frozen
public struct PeakHold: Sendable {
    /// Time after which 63 % of a fall has been followed; more than the longest step of a training job.
    public var timeConstant: Interval

    @inlinable public init(timeConstant: Interval) { self.timeConstant = timeConstant }

    /// The detector's next value, `elapsed` after `previous`.
    @inlinable public func next(after previous: Power, input: Power, elapsed: Interval) -> Power {
        if input >= previous || elapsed >= timeConstant || timeConstant <= .zero { return max(input, .zero) }
        let microseconds = max(0, elapsed.microseconds)
        return previous - (previous - input).scaled(by: microseconds, over: timeConstant.microseconds)
    }
}
