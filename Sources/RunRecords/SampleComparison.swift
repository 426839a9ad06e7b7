/// Keeps every sample of a run, four octets each: 40 MB for an hour of a rack of eight trays.
public final class SampleKeeper: RunRecorder {
    public private(set) var signals: [SignalDescription] = []
    public private(set) var instants: [Double] = []
    /// Sample by sample, the signals in their order.
    private var values: [Float] = []

    public init() {}

    public var takesFrames: Bool { false }

    public func begin(signals: [SignalDescription]) { self.signals = signals }

    public func record(at seconds: Double, values sample: UnsafeBufferPointer<Double>) {
        instants.append(seconds)
        for value in sample { values.append(Float(value)) }
    }

    public func record(_ event: EventMark) {}

    public func record(
        frame: UnsafeRawBufferPointer, at nanoseconds: Int64, bus: Int, unit: UInt8, direction: FrameDirection
    ) {}

    func value(sample: Int, signal: Int) -> Float { values[sample * signals.count + signal] }
}

/// Compares the samples of a run with those of another that is over, as they come. Both sample the same signals at the
/// same instants; what only one of them has is left out.
///
/// One signal is added: `rack.hottest`, the highest `temperature` of all.
public final class SampleComparison: RunRecorder {
    private struct Sum {
        var greatest = 0.0
        var at = 0.0
        var squares = 0.0
        var count = 0

        mutating func add(_ difference: Double, at seconds: Double) {
            guard difference.isFinite else { return }
            if difference.magnitude > greatest.magnitude || count == 0 { (greatest, at) = (difference, seconds) }
            squares += difference * difference
            count += 1
        }
    }

    private let other: SampleKeeper
    private let from: Double
    private let temperatures: [Int]
    private var sums: [Sum]
    private var hottest = Sum()
    private var sample = 0

    /// - Parameters:
    ///   - other: a run that is over.
    ///   - from: samples before this are not compared, simulated seconds.
    public init(with other: SampleKeeper, from: Double) {
        self.other = other
        self.from = from
        // Of the trays' accelerators; parts of a tray stand behind a slash.
        temperatures = other.signals.indices.filter {
            other.signals[$0].path.hasSuffix(".temperature") && !other.signals[$0].path.contains("/")
        }
        sums = Array(repeating: Sum(), count: other.signals.count)
    }

    public var takesFrames: Bool { false }

    public func begin(signals: [SignalDescription]) {
        precondition(signals == other.signals, "runs of one scenario have the same signals")
    }

    public func record(at seconds: Double, values: UnsafeBufferPointer<Double>) {
        // Neither run leaves a sample out, so that they meet at once, or one of them is over.
        while sample < other.instants.count, other.instants[sample] < seconds - 1e-6 { sample += 1 }
        guard sample < other.instants.count, other.instants[sample] < seconds + 1e-6, seconds >= from else { return }
        for signal in sums.indices {
            sums[signal].add(difference(values[signal], signal), at: seconds)
        }
        guard !temperatures.isEmpty else { return }
        var (here, there) = (-Float.infinity, -Float.infinity)
        for signal in temperatures {
            here = max(here, Float(values[signal]))
            there = max(there, other.value(sample: sample, signal: signal))
        }
        hottest.add(Double(here - there), at: seconds)
    }

    /// Both in single precision, so that what is equal differs by nothing.
    private func difference(_ value: Double, _ signal: Int) -> Double {
        Double(Float(value) - other.value(sample: sample, signal: signal))
    }

    public func record(_ event: EventMark) {}

    public func record(
        frame: UnsafeRawBufferPointer, at nanoseconds: Int64, bus: Int, unit: UInt8, direction: FrameDirection
    ) {}

    /// In the order of the signals, the hottest temperature last; without what was never compared.
    public var differences: [SignalDifference] {
        let hottestTray = SignalDescription(path: "rack.hottest", unit: "degC")
        return zip(other.signals + [hottestTray], sums + [hottest]).compactMap { signal, sum in
            guard sum.count > 0 else { return nil }
            return SignalDifference(
                path: signal.path, unit: signal.unit, greatest: sum.greatest, at: sum.at,
                rms: (sum.squares / Double(sum.count)).squareRoot())
        }
    }
}
