import Units

/// Request traces that come with the plant.
public enum BuiltInTraces {
    /// Requests of the built-in sample: about 25 minutes at the original's pace.
    static let requestCount = 8192
    /// Mean requests per second, as the original's conversation half (19 366 requests in 3 502 s).
    static let requestRate = 5.53
    /// Shares of the mean rate in a burst and in a lull, s that each lasts on average. The original's conversation
    /// half is nearly even (variance of requests per 10 s 4 times the mean), its coding half very uneven (71 times);
    /// these lie between the two, about 25 times.
    static let burstRate = 1.45
    static let lullRate = 0.55
    static let phaseLength = 40.0

    /// A generated sample, not a copy of anybody's rows: context and generated tokens are drawn from the quantiles of
    /// the conversation half of the Azure LLM inference trace 2023 (AzurePublicDataset, CC-BY 4.0; Patel et al.,
    /// "Splitwise: Efficient generative LLM inference using phase splitting", ISCA 2024: mean 1155 and 211 tokens),
    /// arrivals from a process that changes between bursts and lulls. The same seed gives the same sample.
    public static func bursty(seed: UInt64 = 2023) -> [InferenceRequest] {
        var gaps = SeededStream(seed: seed, name: "trace/gaps")
        var phases = SeededStream(seed: seed, name: "trace/phases")
        var contexts = SeededStream(seed: seed, name: "trace/context")
        var answers = SeededStream(seed: seed, name: "trace/generated")
        var requests: [InferenceRequest] = []
        requests.reserveCapacity(requestCount)
        var time = 0.0
        var isBurst = true
        var phaseEnd = phaseLength * exponential(&phases)
        while requests.count < requestCount {
            // A gap that crosses the end of a phase goes on at the next phase's rate.
            var work = exponential(&gaps)
            var rate = requestRate * (isBurst ? burstRate : lullRate)
            while time + work / rate > phaseEnd {
                work -= (phaseEnd - time) * rate
                time = phaseEnd
                isBurst.toggle()
                phaseEnd += phaseLength * exponential(&phases)
                rate = requestRate * (isBurst ? burstRate : lullRate)
            }
            time += work / rate
            requests.append(
                InferenceRequest(
                    arrival: time, contextTokens: draw(contextQuantiles, &contexts),
                    generatedTokens: draw(generatedQuantiles, &answers)))
        }
        return requests
    }

    /// Quantiles (x, 0...1) of context tokens (y), read off the original and rounded.
    static let contextQuantiles = [
        CurvePoint(x: 0, y: 2), CurvePoint(x: 0.01, y: 30), CurvePoint(x: 0.05, y: 180), CurvePoint(x: 0.1, y: 205),
        CurvePoint(x: 0.25, y: 395), CurvePoint(x: 0.5, y: 1020), CurvePoint(x: 0.75, y: 1190),
        CurvePoint(x: 0.9, y: 2735), CurvePoint(x: 0.95, y: 4080), CurvePoint(x: 0.99, y: 4140),
        CurvePoint(x: 1, y: 5500),
    ]
    static let generatedQuantiles = [
        CurvePoint(x: 0, y: 7), CurvePoint(x: 0.01, y: 16), CurvePoint(x: 0.05, y: 41), CurvePoint(x: 0.1, y: 54),
        CurvePoint(x: 0.25, y: 85), CurvePoint(x: 0.5, y: 130), CurvePoint(x: 0.75, y: 395),
        CurvePoint(x: 0.9, y: 425), CurvePoint(x: 0.95, y: 450), CurvePoint(x: 0.99, y: 600),
        CurvePoint(x: 1, y: 1000),
    ]
    /// Quantiles of the exponential distribution of mean 1, -ln(1 - x), cut at 0.9999: the plant has no logarithm.
    private static let exponentialQuantiles = [
        CurvePoint(x: 0, y: 0), CurvePoint(x: 0.1, y: 0.10536), CurvePoint(x: 0.2, y: 0.22314),
        CurvePoint(x: 0.3, y: 0.35667), CurvePoint(x: 0.4, y: 0.51083), CurvePoint(x: 0.5, y: 0.69315),
        CurvePoint(x: 0.6, y: 0.91629), CurvePoint(x: 0.7, y: 1.20397), CurvePoint(x: 0.8, y: 1.60944),
        CurvePoint(x: 0.9, y: 2.30259), CurvePoint(x: 0.95, y: 2.99573), CurvePoint(x: 0.98, y: 3.91202),
        CurvePoint(x: 0.99, y: 4.60517), CurvePoint(x: 0.999, y: 6.90776), CurvePoint(x: 0.9999, y: 9.21034),
    ]

    private static func draw(_ quantiles: [CurvePoint], _ stream: inout SeededStream) -> Int {
        Int(quantiles.interpolated(at: stream.uniform()) ?? 0)
    }

    private static func exponential(_ stream: inout SeededStream) -> Double {
        max(1e-6, exponentialQuantiles.interpolated(at: stream.uniform()) ?? 1)
    }
}

extension InferenceConfiguration {
    /// A service on trays of eight H20-class accelerators that answers conversation-like requests with a model of about
    /// 32 billion parameters at 8 bits. Typical, not measured: prefill is bound by arithmetic (64 GFLOP per token on
    /// 8 x 296 TFLOPS, somewhat less than half used: 16 000 tokens/s), decode by memory and latency (64 answers at
    /// once at about 60 tokens/s each). Prefill runs at the rated power, a full decode batch a little below it.
    /// At a demand of 0.9 a tray is busy 96 % of the time and its load moves between 50 % and 100 % within seconds.
    public static func typical(requests: [InferenceRequest], demand: Double) -> InferenceConfiguration {
        InferenceConfiguration(
            requests: requests, demand: demand, prefillRate: 16_000, decodeRate: 4_000, batchLimit: 64,
            prefillLoad: 1, decodeLoad: 0.85)
    }
}
