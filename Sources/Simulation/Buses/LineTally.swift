/// What a serial line has carried, as everybody on it hears it.
struct LineTally: Hashable {
    /// Frames with a right CRC, requests and answers.
    var frames = 0
    /// Frames that were damaged on their way.
    var damaged = 0

    static func + (total: LineTally, part: LineTally) -> LineTally {
        LineTally(frames: total.frames + part.frames, damaged: total.damaged + part.damaged)
    }

    static func - (total: LineTally, part: LineTally) -> LineTally {
        LineTally(frames: total.frames - part.frames, damaged: total.damaged - part.damaged)
    }
}
