import Units

/// How long a read takes on a serial line, to find out how much polling the line can carry.
struct LineLoad {
    var baud: Int

    /// Eleven bits: start, eight of data, parity or a second stop bit, stop (Modbus over serial line V1.02, 2.5.1).
    private var character: Interval { .nanoseconds(11 * 1_000_000_000 / Int64(max(baud, 1))) }

    /// 3.5 characters, or 1.75 ms above 19200 baud (Modbus over serial line V1.02, 2.5.1.1).
    private var silence: Interval {
        baud > 19200 ? .microseconds(1750) : character.scaled(by: 7, over: 2)
    }

    /// Request of 8 octets, answer of 5 and the words, the device's turnaround, and t3.5 after each frame.
    func duration(ofReading count: UInt16, turnaround: Interval) -> Interval {
        character * (13 + 2 * Int64(count)) + silence * 2 + turnaround
    }
}
