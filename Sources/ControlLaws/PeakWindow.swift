public import Units

/// The highest value of the last one to two windows.
///
/// Two buckets in place of a list: the running window's highest and the last one's. Nothing that came within one whole
/// window is forgotten, whatever came since; after two windows everything is.
@frozen
public struct PeakWindow: Sendable {
    @usableFromInline var running = Power.zero
    @usableFromInline var last = Power.zero
    @usableFromInline var age = Interval.zero

    @inlinable public init() {}

    @inlinable public var peak: Power { max(running, last) }

    /// - Parameter elapsed: since the last call.
    @inlinable
    public mutating func take(_ input: Power, window: Interval, elapsed: Interval) {
        age += elapsed
        if age >= window {
            last = age >= window * 2 ? .zero : running
            running = .zero
            age = .zero
        }
        running = max(running, input)
    }
}
