public import ModbusWire
public import Units

/// How a pool treats its lines.
public struct MasterOptions: Sendable {
    /// Who drives the transmitter of an RS-485 adapter.
    public enum TransmitterControl: Hashable, Sendable {
        /// Nobody has to: RS-232, or an adapter that switches by itself, as most USB ones do.
        case automatic
        /// The kernel's driver (TIOCSRS485), where it can.
        case driver
        /// libmodbus raises RTS while it sends, or lowers it. It waits in user space; leave it to the driver where
        /// that is possible.
        case readyToSendHigh
        case readyToSendLow
    }

    /// Sees every frame of a channel, on the channel's own thread, at the instant (CLOCK_MONOTONIC) at which its first
    /// octet was sent or its last one was there. The octets are valid during the call only. What came is handed over
    /// as it came: late answers, damaged ones and rubbish too.
    public typealias FrameObserver =
        @Sendable (_ octets: UnsafeRawBufferPointer, _ direction: FrameDirection, _ channel: Int, _ at: Instant) -> Void

    /// The longest wait for a TCP connection; a transaction that comes meanwhile ends so much later at most. Arbitrary:
    /// a hundred times what a rack's network takes, below the second after which TCP repeats itself.
    public var connectTimeout: Interval = .milliseconds(500)
    /// The pause after the first failed attempt at a connection; it doubles with each further one. Arbitrary.
    public var firstPause: Interval = .milliseconds(100)
    /// No pause is longer. Arbitrary: soon enough for who stands beside the rack with a cable in hand.
    public var longestPause: Interval = .seconds(5)
    /// So many time-outs in a row, and a TCP connection is made anew: its far end may have vanished without a word.
    /// Arbitrary.
    public var silencesUntilReconnect = 3
    /// How long after a time-out the same unit is asked nothing, unless its answer comes after all: so that on a serial
    /// line it is not taken for the next one's, and on a connection a slow device can catch up. A transaction ends so
    /// much later at most. `nil`: as long as the time-out itself once more, as libmodbus's own recovery waits.
    public var lateAnswerAllowance: Interval?
    public var transmitterControl: TransmitterControl = .automatic
    /// Called first thing on each channel's thread, with the channel's index: the place for scheduling and pinning.
    public var onThreadStart: (@Sendable (Int) -> Void)?
    public var frameObserver: FrameObserver?

    public init() {}
}
