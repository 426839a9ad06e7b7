/// What a unit has heard on its serial line beside what was meant for it.
///
/// Function 8 has each unit count the frames of the whole line (V1.1b3, section 6.8.1, sub-functions 11 and 12). Nobody
/// counts them in every unit at every frame: the line keeps one tally, and a unit takes the difference over when it is asked.
struct LineEar {
    /// The part of the line's tally that is settled for this unit: taken over, counted by itself, or never heard.
    private var settled = LineTally()
    /// Whether the unit hears at all: it is plugged in, has power, and has booted.
    private(set) var isOpen: Bool

    init(isOpen: Bool) { self.isOpen = isOpen }

    /// A request that the unit was given, and counts by itself.
    mutating func noteOwnRequest() { settled.frames += 1 }

    /// Its own answer: a transmitter does not hear itself.
    mutating func noteOwnAnswer(isDamaged: Bool) {
        if isDamaged { settled.damaged += 1 } else { settled.frames += 1 }
    }

    /// What it heard since it was last asked.
    mutating func take(from line: LineTally) -> LineTally {
        defer { settled = line }
        return isOpen ? line - settled : LineTally()
    }

    /// It restarts: it hears nothing until it has booted, and what it heard before is forgotten with its counters.
    mutating func close() { isOpen = false }

    /// It hears from now on, or no more; what it had heard so far is returned.
    mutating func turn(open: Bool, at line: LineTally) -> LineTally {
        defer { isOpen = open }
        return take(from: line)
    }
}
