public import RegisterMaps
public import Units

/// A device's firmware: a state machine between its process image and its register map.
///
/// Time and the process image come in as arguments, outputs come back as a value; somebody else carries them out.
/// A step may come early, late or twice at one instant. The signals that Modbus clients read are those latched by the
/// last step; a write is taken at once and acted upon in the next step.
public protocol Firmware: SignalSource, SignalSink {
    /// The inputs that the device's converters and pins show at an instant.
    associatedtype ProcessImage
    /// What the device drives.
    associatedtype Outputs

    /// Samples, decides and drives. Does nothing but return the present outputs when no deadline has come.
    mutating func step(at now: Instant, sampling image: ProcessImage) -> Outputs

    /// When the next sample, latch or watchdog is due.
    var nextDeadline: Instant { get }

    /// The device loses power or is reset: volatile state is gone, what the device keeps in flash stays.
    mutating func restart(at now: Instant)
}
