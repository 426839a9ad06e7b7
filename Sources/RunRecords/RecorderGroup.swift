/// Several recorders as one: what is recorded goes to each in turn.
public final class RecorderGroup: RunRecorder {
    private let members: [any RunRecorder]
    /// Frames come by the ten thousand in a second; they go to nobody in vain.
    private let frameTakers: [any RunRecorder]

    public init(_ members: [any RunRecorder]) {
        self.members = members
        frameTakers = members.filter(\.takesFrames)
    }

    public var takesFrames: Bool { !frameTakers.isEmpty }

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
        // By index: an iterator would take hold of the array and let go of it for every frame.
        for index in frameTakers.indices {
            frameTakers[index].record(frame: frame, at: nanoseconds, bus: bus, unit: unit, direction: direction)
        }
    }
}
