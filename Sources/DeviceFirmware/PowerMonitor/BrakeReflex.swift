import Units

/// The local reflex: one sample above the limit asserts the brake, a time below it releases it.
///
/// Works on products of converter codes, so that it costs two comparisons per sample.
struct BrakeReflex: Sendable {
    let hold: Interval
    private(set) var isBraking = false
    private var tripProduct: Int64 = .max
    private var releaseProduct: Int64 = .max
    /// When the brake may be let go; `.never` while power is inside the hysteresis band or above.
    private var releaseAt: Instant = .never

    init(hold: Interval) { self.hold = hold }

    mutating func arm(tripAbove trip: Int64, releaseAt release: Int64) {
        tripProduct = trip
        releaseProduct = release
    }

    mutating func judge(_ product: Int64, at now: Instant) {
        if product > tripProduct {
            isBraking = true
            releaseAt = .never
        } else if isBraking {
            if product > releaseProduct {
                releaseAt = .never
            } else if releaseAt == .never {
                releaseAt = now + hold
                if hold == .zero { isBraking = false }
            } else if now >= releaseAt {
                isBraking = false
            }
        }
    }
}
