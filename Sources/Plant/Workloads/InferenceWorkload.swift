/// Requests of a trace, dealt out in turn to the trays of one service.
///
/// The trace's clock runs as fast as it takes to make the mean load equal the demand: a request costs its context at
/// the prefill load and its answer at the decode load, so the load per request is known from the trace's means and
/// needs no trial run.
struct InferenceWorkload: BitwiseCopyable {
    private struct Request: BitwiseCopyable {
        var arrival: Double
        var context: Double
        var generated: Double
    }

    private let requestCount: Int
    private let requests: UnsafeMutablePointer<Request>
    /// s of the trace from its first request to where it starts again.
    private let period: Double
    /// Load times seconds that one tray spends on a token of a context and on one of an answer.
    private let contextCost: Double
    private let answerCost: Double
    /// The same for the mean request.
    private let meanCost: Double
    private let trayCount: Int
    private let servers: UnsafeMutablePointer<InferenceServer>
    private let configuredDemand: Double
    /// Trace seconds per second.
    private(set) var speed = 0.0
    private var clock = 0.0
    private var next = 0
    private var turn = 0

    init(_ configuration: InferenceConfiguration, trays: [Int], log: EventLog, in storage: Storage) {
        let start = configuration.requests.first?.arrival ?? 0
        requestCount = configuration.requests.count
        requests = storage.make(
            copying: configuration.requests.map {
                Request(
                    arrival: $0.arrival - start, context: Double(max(0, $0.contextTokens)),
                    generated: Double(max(0, $0.generatedTokens)))
            })
        let count = Double(max(1, requestCount))
        let length = (configuration.requests.last?.arrival ?? 0) - start
        // One mean gap between the last request and the first of the next round.
        period = requestCount > 1 && length > 0 ? length * count / (count - 1) : 1
        var context = 0.0
        var generated = 0.0
        for request in 0..<requestCount {
            context += requests[request].context
            generated += requests[request].generated
        }
        meanCost =
            configuration.prefillLoad * context / count / configuration.prefillRate + configuration.decodeLoad
            * generated / count / configuration.decodeRate
        contextCost = configuration.prefillLoad / configuration.prefillRate
        answerCost = configuration.decodeLoad / configuration.decodeRate
        trayCount = trays.count
        servers = storage.make(
            copying: trays.map { InferenceServer(configuration, tray: $0, log: log, in: storage) })
        configuredDemand = configuration.demand
        setDemand(configuredDemand)
    }

    mutating func setDemand(_ demand: Double) {
        let arrivals = meanCost > 0 ? max(0, demand) * Double(trayCount) / meanCost : 0
        speed = arrivals * period / Double(max(1, requestCount))
    }

    mutating func restoreDemand() { setDemand(configuredDemand) }

    mutating func advance(_ interval: Double, bank: TrayBank) {
        guard trayCount > 0 else { return }
        clock += interval * speed
        while requestCount > 0 && requests[next].arrival <= clock {
            deal(requests[next], bank: bank)
            next += 1
            if next == requestCount {
                next = 0
                clock -= period
            }
        }
        for slot in 0..<trayCount { servers[slot].advance(interval, bank: bank) }
    }

    /// To the next tray that runs; when none does, nobody answers, and the work that was wanted is lost. What a full queue
    /// turns away is not counted again: the tray behind it is busy all the time, and is measured by how fast it is.
    private mutating func deal(_ request: Request, bank: TrayBank) {
        for _ in 0..<trayCount {
            let slot = turn
            turn = turn + 1 == trayCount ? 0 : turn + 1
            guard bank.isRunning(servers[slot].tray) else { continue }
            servers[slot].accept(context: request.context, generated: request.generated)
            return
        }
        servers[turn].refuse()
        let wanted = request.context * contextCost + request.generated * answerCost
        for slot in 0..<trayCount {
            bank.count(work: 0, wanted: wanted / Double(trayCount), tray: servers[slot].tray)
        }
    }

    func totals() -> InferenceTotals {
        var totals = InferenceTotals()
        for slot in 0..<trayCount {
            totals.accepted += servers[slot].accepted
            totals.completed += servers[slot].completed
            totals.refused += servers[slot].refused
            totals.waiting += servers[slot].waiting
            totals.decoding += servers[slot].decoding
        }
        return totals
    }
}

/// Requests since the start, and those now in hand.
public struct InferenceTotals: Hashable, Sendable {
    public var accepted = 0
    public var completed = 0
    public var refused = 0
    /// Not yet begun.
    public var waiting = 0
    public var decoding = 0
}
