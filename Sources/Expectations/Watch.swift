import RunRecords
import Scenario
import Units

/// What the monitor keeps of one expectation: plain numbers, no references.
struct Watch: Sendable {
    enum Mode: UInt8, Sendable {
        case throughout
        case within
        case settles
    }

    static let noEvent = Int64.min / 2

    let mode: Mode
    let left: Int
    /// -1 when `constant` is meant.
    let right: Int
    let constant: Double
    /// The greatest heat of the breaker whose trip is watched for; -1 without.
    let heat: Int
    /// +1: the margin is right - left; -1: left - right. `never` is watched as its opposite.
    let sign: Double
    let isStrict: Bool
    let isTruth: Bool
    /// Half width of the band of `settles`.
    let band: Double
    let from: Int64
    /// Last instant that is judged (`during`), or by which the predicate must have become true.
    let deadline: Int64
    let lasting: Int64
    let exceptAfterEvents: Int64

    /// Least margin over all judged instants; for `within` and `settles` over those after the deadline.
    var least = Double.infinity
    var leastAt: Int64 = -1
    var greatestHeat = -Double.infinity
    var greatestHeatAt: Int64 = -1
    var hasJudged = false
    var firstViolation: Int64 = -1
    /// When the predicate last became true; -1 while it is false.
    var trueSince: Int64 = -1
    /// When the predicate had become true for long enough, whether in time or late; -1 until then.
    var metSince: Int64 = -1
}

extension Watch {
    init(of definition: ExpectationDefinition, in signals: [SignalDescription]) {
        let predicate = definition.predicate
        var sign = predicate.comparison == .lessOrEqual || predicate.comparison == .less ? 1.0 : -1.0
        var isStrict = predicate.comparison == .less || predicate.comparison == .greater
        var mode = Mode.throughout
        var deadline = Int64.max
        var lasting: Int64 = 0
        var band = 0.0
        var heat = -1
        let from = definition.from.rawValue
        switch definition.kind {
        case .always: break
        case .never:
            sign = -sign
            isStrict.toggle()
            if predicate.isTruth, predicate.comparison == .greaterOrEqual, predicate.left.hasSuffix(".tripped") {
                let path = predicate.left.dropLast("tripped".count) + "heat"
                heat = signals.firstIndex { $0.path == path } ?? -1
            }
        case .within(let limit, let time):
            mode = .within
            deadline = from + limit.rawValue
            lasting = time.rawValue
        case .during(let length):
            deadline = from + length.rawValue
        case .settles(let limit, let width):
            mode = .settles
            deadline = from + limit.rawValue
            band = width
        }
        self.mode = mode
        self.left = Self.index(of: predicate.left, in: signals)
        switch predicate.right {
        case .signal(let path): (right, constant) = (Self.index(of: path, in: signals), 0)
        case .constant(let value): (right, constant) = (-1, value)
        }
        self.heat = heat
        self.sign = sign
        self.isStrict = isStrict
        self.isTruth = predicate.isTruth
        self.band = band
        self.from = from
        self.deadline = deadline
        self.lasting = lasting
        self.exceptAfterEvents = definition.exceptAfterEvents.rawValue
    }

    private static func index(of path: String, in signals: [SignalDescription]) -> Int {
        guard let index = signals.firstIndex(where: { $0.path == path }) else {
            preconditionFailure("the loader lets no unknown signal pass: \(path)")
        }
        return index
    }

    @inline(__always)
    mutating func observe(at now: Int64, _ values: UnsafeBufferPointer<Double>, lastEvent: Int64) {
        guard now >= from else { return }
        let reference = right >= 0 ? values[right] : constant
        switch mode {
        case .throughout:
            guard now <= deadline, now - lastEvent >= exceptAfterEvents else { return }
            if heat >= 0, values[heat] > greatestHeat {
                greatestHeat = values[heat]
                greatestHeatAt = now
            }
            takeThroughout(margin: sign * (reference - values[left]), at: now)
        case .within:
            guard metSince < 0 else { return }
            takeWithin(margin: sign * (reference - values[left]), at: now)
        case .settles:
            takeSettling(margin: band - (reference - values[left]).magnitude, at: now)
        }
    }

    private mutating func takeThroughout(margin: Double, at now: Int64) {
        hasJudged = true
        if margin < least {
            least = margin
            leastAt = now
        }
        if !holds(margin), firstViolation < 0 { firstViolation = now }
    }

    private mutating func takeWithin(margin: Double, at now: Int64) {
        hasJudged = true
        if holds(margin) {
            if trueSince < 0 { trueSince = now }
            if now - trueSince >= lasting { metSince = trueSince }
        } else {
            trueSince = -1
            noteLate(margin, at: now)
        }
    }

    private mutating func takeSettling(margin: Double, at now: Int64) {
        hasJudged = true
        if margin >= 0 {
            if trueSince < 0 { trueSince = now }
        } else {
            trueSince = -1
            noteLate(margin, at: now)
        }
    }

    private mutating func noteLate(_ margin: Double, at now: Int64) {
        guard now >= deadline else { return }
        if firstViolation < 0 { firstViolation = now }
        if margin < least {
            least = margin
            leastAt = now
        }
    }

    /// A value that is not a number never holds.
    @inline(__always)
    private func holds(_ margin: Double) -> Bool {
        isStrict ? margin > 0 : margin >= 0
    }
}
