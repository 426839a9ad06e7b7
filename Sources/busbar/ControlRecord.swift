internal import ControlLoop
internal import RunRecords
internal import Units

/// The curves of a controlled rack, as the controller saw it: power and budget, each tray's power and cap.
struct ControlRecord {
    private var reducer: SeriesReducer
    private var values: [Double]

    /// Seconds between two samples, about: the session looks so often. Arbitrary.
    private static let interval = 0.05

    init(_ plan: ControlPlan) {
        let trays = plan.trayNames.flatMap { name in
            [SignalDescription(path: "\(name).power", unit: "W"), SignalDescription(path: "\(name).cap", unit: "W")]
        }
        let rack = [
            SignalDescription(path: "rack.power", unit: "W"), SignalDescription(path: "rack.budget", unit: "W"),
        ]
        reducer = SeriesReducer(signals: rack + trays, interval: Self.interval)
        values = Array(repeating: 0, count: rack.count + trays.count)
    }

    /// What is counted before every device was found is a guess, and left out.
    mutating func sample(_ status: ControlStatus, at time: Interval) {
        guard status.band != .starting, status.cycles > 0 else { return }
        values[0] = Self.watts(status.power)
        values[1] = Self.watts(status.budget)
        for (index, tray) in status.trays.enumerated() {
            values[2 + index * 2] = Self.watts(tray.power)
            values[3 + index * 2] = tray.confirmedCap.map(Self.watts) ?? .nan
        }
        values.withUnsafeBufferPointer { reducer.take(at: Double(time.rawValue) / 1e9, values: $0) }
    }

    func series() -> [SeriesRecord] { reducer.records() }

    private static func watts(_ power: Power) -> Double { Double(power.milliwatts) / 1000 }
}
