internal import Expectations
internal import RunRecords
internal import Scenario
internal import Units

/// What is kept of the signals of a run: the last value of each, the reduced series, and the expectations' state.
struct RunObservation {
    let catalogue: SignalCatalogue
    /// In the order of the catalogue. All are fresh at a telemetry sample, those that expectations need at every step.
    let values: UnsafeMutableBufferPointer<Double>
    let sources: ContiguousArray<SignalCatalogue.Source>
    let needed: ContiguousArray<Int>
    var monitor: ExpectationMonitor
    var reducer: SeriesReducer
    var nextSample: Instant
    let interval: Interval
    /// Rack power at the samples of the last second, the oldest at `oldestPower`, W.
    private var recentPower: ContiguousArray<Double>
    private var oldestPower = 0
    var grid = GridFigures()
    /// Occupied time of each bus at the last sample, and its share of the last interval.
    var busyBefore: ContiguousArray<Interval>
    var recentLoad: ContiguousArray<Double>

    init(_ scenario: ScenarioDefinition, interval: Interval) {
        let catalogue = SignalCatalogue(for: scenario.rack)
        self.catalogue = catalogue
        self.interval = interval
        nextSample = .start + interval
        values = .allocate(capacity: catalogue.entries.count)
        values.initialize(repeating: 0)
        sources = ContiguousArray(catalogue.entries.map(\.source))
        monitor = ExpectationMonitor(definitions: scenario.expectations, signals: catalogue.descriptions)
        needed = ContiguousArray(monitor.neededSignals)
        reducer = SeriesReducer(signals: catalogue.descriptions, interval: Double(interval.milliseconds) / 1000)
        recentPower = ContiguousArray(repeating: 0, count: Int(Interval.seconds(1).rawValue / interval.rawValue))
        busyBefore = ContiguousArray(repeating: .zero, count: scenario.rack.buses.count)
        recentLoad = ContiguousArray(repeating: 0, count: scenario.rack.buses.count)
    }

    /// Rack power a second before the present sample, W; the first second's rise is the whole power.
    var powerBefore: Double { recentPower[oldestPower] }

    mutating func notePower(_ power: Double) {
        recentPower[oldestPower] = power
        oldestPower = (oldestPower + 1) % recentPower.count
    }

    /// Gives the values' memory back; nothing may be observed afterwards.
    func release() { values.deallocate() }

    var readableValues: UnsafeBufferPointer<Double> { UnsafeBufferPointer(values) }
}
