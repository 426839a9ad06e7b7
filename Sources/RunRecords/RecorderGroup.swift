/// Several recorders as one: what is recorded goes to each in turn.
public final class RecorderGroup: RunRecorder {
    private let members: [any RunRecorder]

    public init(_ members: [any RunRecorder]) {
        self.members = members
    }

    public func begin(signals: [SignalDescription]) {
        for member in members { member.begin(signals: signals) }
    }

    public func record(at seconds: Double, values: UnsafeBufferPointer<Double>) {
        for member in members { member.record(at: seconds, values: values) }
    }

    public func record(_ event: EventMark) {
        for member in members { member.record(event) }
    }

    public func record(
        frame: UnsafeRawBufferPointer, at nanoseconds: Int64, bus: Int, unit: UInt8, direction: FrameDirection
    ) {
        for member in members {
            member.record(frame: frame, at: nanoseconds, bus: bus, unit: unit, direction: direction)
        }
    }
}
