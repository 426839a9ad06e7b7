public import Units

/// The silences of the serial line (serial-line specification V1.02, section 2.5.1.1).
@frozen
public struct SerialLineTiming: Hashable, Sendable {
    /// Bits of a character: start, eight data bits, parity or a second stop bit, stop.
    @inlinable public static var bitsPerCharacter: Int64 { 11 }

    /// One character on the line, rounded up to a nanosecond.
    public var character: Interval
    /// The longest silence within a frame.
    public var betweenCharacters: Interval
    /// The shortest silence between frames.
    public var betweenFrames: Interval

    /// 1.5 and 3.5 characters up to 19 200 baud; above, 750 us and 1.75 ms whatever the rate, as the specification
    /// recommends. `baud` must be 1 or more.
    @inlinable public init(baud: Int64) {
        precondition(baud >= 1, "a line has a positive baud rate")
        let second: Int64 = 1_000_000_000
        character = .nanoseconds((Self.bitsPerCharacter * second + baud - 1) / baud)
        if baud > 19_200 {
            betweenCharacters = .microseconds(750)
            betweenFrames = .microseconds(1_750)
        } else {
            betweenCharacters = .nanoseconds((Self.bitsPerCharacter * 3 * second + 2 * baud - 1) / (2 * baud))
            betweenFrames = .nanoseconds((Self.bitsPerCharacter * 7 * second + 2 * baud - 1) / (2 * baud))
        }
    }

    /// How long a transaction takes the line, which is what its load counts: the octets of the request, the pause until the
    /// answer, the octets of the answer, and the silence behind either. `reply` is 0 where no answer came; then `pause` is how
    /// long it was waited for.
    @inlinable public func occupation(request: Int, pause: Interval, reply: Int) -> Interval {
        let asked = character * Int64(request) + betweenFrames + pause
        return reply > 0 ? asked + character * Int64(reply) + betweenFrames : asked
    }
}
