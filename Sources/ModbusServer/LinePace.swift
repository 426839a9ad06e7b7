internal import ModbusWire
internal import NIOCore
internal import Units

/// The time that octets take on a serial line, kept where there is no line: on a pseudo-terminal or a connection that
/// stands in for one.
///
/// Octets that come in one lump are complete one character after the other, as if they had been sent at the line's rate;
/// a request that comes while an answer is on the line begins behind it.
struct LinePace {
    /// Between two wake-ups while an answer leaves: octets leave in lumps of so much line time, or one by one where one
    /// takes longer. Arbitrary: twenty wake-ups for the longest answer at 115200 baud.
    private static let lump = TimeAmount.milliseconds(1)

    let character: TimeAmount
    /// The silence that tells a device that the request is over.
    let betweenFrames: TimeAmount
    /// When the last octet that came is complete.
    private var arrivedUntil = NIODeadline.uptimeNanoseconds(0)
    /// When the last octet of the answer before is complete.
    private var answeredUntil = NIODeadline.uptimeNanoseconds(0)

    /// Both on the wall.
    init(character: TimeAmount, betweenFrames: TimeAmount) {
        self.character = character
        self.betweenFrames = betweenFrames
    }

    var octetsPerLump: Int { max(1, Int(Self.lump.nanoseconds / max(1, character.nanoseconds))) }

    mutating func arrived(octets count: Int, at now: NIODeadline) {
        arrivedUntil = max(arrivedUntil, now) + character * count
    }

    mutating func answered(until end: NIODeadline) { answeredUntil = max(answeredUntil, end) }

    /// When the device knows that a request is complete behind which `rest` octets more have come already.
    func completion(ofOctets count: Int, followedBy rest: Int) -> NIODeadline {
        max(arrivedUntil - character * rest, answeredUntil + character * count) + betweenFrames
    }
}
