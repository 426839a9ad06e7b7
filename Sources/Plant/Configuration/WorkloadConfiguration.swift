/// What the accelerators are asked to do, as load 0...1 of each accelerator over time.
public enum WorkloadConfiguration: Sendable {
    case constant(load: Double)
    case step(from: Double, to: Double, at: Double)
    case ramp(from: Double, to: Double, start: Double, end: Double)
    case training(TrainingConfiguration)
    case inference(InferenceConfiguration)
    /// Power of the whole rack's accelerators as a share of their rated power, (seconds, share), rising times.
    case replay([CurvePoint])
}

/// Synchronous training: every accelerator computes, then all wait for the exchange of gradients.
public struct TrainingConfiguration: Sendable {
    /// Length of an uncapped step, s, and the share of it spent computing, 0...1.
    public var stepPeriod: Double
    public var duty: Double
    /// Load while computing and while communicating, 0...1.
    public var peak: Double
    public var trough: Double
    /// A checkpoint after this many seconds of run time, for so long, s, at the trough load. 0 = never.
    public var checkpointEvery: Double
    public var checkpointLength: Double
    /// Standard spread of a step's length, 0...1.
    public var jitter: Double
    /// How likely the exchange of one step stalls, 0...1, and for how long on average, s: a slow or lost link keeps every
    /// tray waiting at the trough.
    public var stallChance: Double
    public var stallLength: Double

    public init(
        stepPeriod: Double, duty: Double, peak: Double, trough: Double, checkpointEvery: Double,
        checkpointLength: Double, jitter: Double, stallChance: Double = 0, stallLength: Double = 0
    ) {
        self.stepPeriod = stepPeriod
        self.duty = duty
        self.peak = peak
        self.trough = trough
        self.checkpointEvery = checkpointEvery
        self.checkpointLength = checkpointLength
        self.jitter = jitter
        self.stallChance = stallChance
        self.stallLength = stallLength
    }
}

/// Inference driven by a request trace: each request is a prefill burst and then a decode at lower load.
public struct InferenceConfiguration: Sendable {
    /// Requests by rising arrival time; the trace repeats when it ends.
    public var requests: [InferenceRequest]
    /// Arrivals are compressed in time until the mean load is this, 0...1.
    public var demand: Double
    /// Prefill speed and decode speed of one tray, tokens/s, and how many requests decode at once.
    public var prefillRate: Double
    public var decodeRate: Double
    public var batchLimit: Int
    /// Load in prefill, and in decode with a full batch, 0...1.
    public var prefillLoad: Double
    public var decodeLoad: Double

    public init(
        requests: [InferenceRequest], demand: Double, prefillRate: Double, decodeRate: Double, batchLimit: Int,
        prefillLoad: Double, decodeLoad: Double
    ) {
        self.requests = requests
        self.demand = demand
        self.prefillRate = prefillRate
        self.decodeRate = decodeRate
        self.batchLimit = batchLimit
        self.prefillLoad = prefillLoad
        self.decodeLoad = decodeLoad
    }
}

/// One row of a request trace.
public struct InferenceRequest: Hashable, Sendable {
    /// Seconds after the start of the trace.
    public var arrival: Double
    public var contextTokens: Int
    public var generatedTokens: Int

    public init(arrival: Double, contextTokens: Int, generatedTokens: Int) {
        self.arrival = arrival
        self.contextTokens = contextTokens
        self.generatedTokens = generatedTokens
    }
}
