/// What a unit has heard on its serial line beside what was meant for it, since its counters were cleared.
///
/// Function 8 has each unit count the frames of the whole line (V1.1b3, section 6.8.1, sub-functions 11 and 12). Nobody
/// counts them in every unit at every frame: the line keeps one tally, and a unit takes the difference over when it is asked.
struct LineEar {
    private(set) var heard = LineTally()
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

    /// Takes over what it heard up to now.
    mutating func listen(to line: LineTally) {
        if isOpen { heard = heard + line - settled }
        settled = line
    }

    /// It hears from now on, or no more.
    mutating func turn(open: Bool, at line: LineTally) {
        listen(to: line)
        isOpen = open
    }

    /// Its counters are cleared.
    mutating func forget() { heard = LineTally() }

    /// It restarts: it hears nothing until it has booted, and has forgotten what it heard.
    mutating func close() {
        isOpen = false
        forget()
    }
}
