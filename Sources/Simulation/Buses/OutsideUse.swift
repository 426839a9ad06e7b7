internal import Units

/// What clients outside the simulation do with a serial line that they share with the built-in controller.
struct OutsideUse {
    /// A client of the outside has the line.
    var isTalking = false
    /// One waits for it; the controller begins nothing before that one had its turn.
    var isAwaited = false
    /// When the present turn began.
    var begunAt = Instant.start
    /// When another client of the outside may begin, if it keeps no pace.
    var freeAt = Instant.start

    /// Whether the controller may put its next request on the line.
    var leavesTurn: Bool { !isTalking && !isAwaited }
}
