internal import Units

/// Until when units may still send an answer that is over.
///
/// Such a unit is asked nothing meanwhile: on a serial line its late answer would get in the next one's way, and on a
/// connection a device that works off one request after the other would never catch up.
struct OwedAnswers {
    private var ends = [Instant](repeating: .start, count: 256)
    /// The request that is owed an answer, where requests have identifiers.
    private var identifiers = [UInt16](repeating: 0, count: 256)

    mutating func expect(from unit: UInt8, identifier: UInt16 = 0, until end: Instant) {
        identifiers[Int(unit)] = identifier
        ends[Int(unit)] = end
    }

    mutating func settle(_ unit: UInt8) { ends[Int(unit)] = .start }

    mutating func settle(_ unit: UInt8, identifier: UInt16) {
        if identifiers[Int(unit)] == identifier { settle(unit) }
    }

    mutating func removeAll() {
        for unit in UInt8.min...UInt8.max { settle(unit) }
    }

    /// When the unit may be asked again; `.start` when it owes nothing.
    func end(for unit: UInt8) -> Instant { ends[Int(unit)] }
}
