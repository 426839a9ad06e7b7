import Units

/// How far the controller has come with a device.
public enum DevicePhase: UInt8, Sendable {
    /// Being asked who it is.
    case probing
    /// It is the right one; every span is read once, so that nothing is decided on absent readings.
    case surveying
    /// Its settings are written: limits first, its comms watchdog last.
    case arming
    /// Watched and controlled.
    case online
    /// Absent; probed again after a pause.
    case dormant
    /// Something else answers at its address; probed again after a pause.
    case misidentified
}

/// The life of a device as the controller sees it.
///
/// Purpose: nothing is controlled that was not identified and armed since it was last seen to vanish or restart.
///
///     probing ──right──▶ surveying ──all spans read──▶ arming ──all settings written──▶ online
///      ▲ │ │                 │                           │                                │ │
///      │ │ └──────────── n failures in a row ────────────┴────────────────────────────────┘ │
///      │ │                   ▼                                                              │
///      │ │                dormant ──after a pause──▶ (one probe) ──right──▶ surveying       │
///      │ └─wrong──▶ misidentified ──after a pause──▶ (one probe) ──right──▶ surveying       │
///      └───────────────────── restart seen (uptime went backwards) ─────────────────────────┘
///
/// Inputs: replies, which may be late, damaged, missing or from a stranger. Time-outs, damaged frames and mismatches
/// count as failures; an exception is an answer and proves presence, but not identity. After a restart of the
/// controller every device begins in `probing`; whatever limits it still holds are read in the survey.
struct DeviceLifeCycle: Equatable {
    private(set) var phase: DevicePhase = .probing
    /// The next span to survey or setting to write.
    private(set) var step = 0
    /// In a row.
    private(set) var failures = 0
    /// Not to be asked before this.
    private(set) var wakeAt: Instant = .start
    /// Whether it was ever found online, absent or wrong.
    private(set) var hasConcluded = false

    /// A reply of any kind that proves that the device is there.
    mutating func answered() { failures = 0 }

    mutating func identified() {
        phase = .surveying
        step = 0
        failures = 0
    }

    mutating func foundWrong(at now: Instant, pause: Interval) {
        phase = .misidentified
        failures = 0
        wakeAt = now + pause
        hasConcluded = true
    }

    /// A span was surveyed or a setting written; true when the device came online by it.
    mutating func advance(spans: Int, settings: Int) -> Bool {
        failures = 0
        step += 1
        return settle(spans: spans, settings: settings)
    }

    /// Passes over phases without steps; true when the device came online.
    mutating func settle(spans: Int, settings: Int) -> Bool {
        if phase == .surveying, step >= spans {
            phase = .arming
            step = 0
        }
        guard phase == .arming, step >= settings else { return false }
        phase = .online
        hasConcluded = true
        return true
    }

    /// No usable reply; true when the device counts as lost from now on.
    mutating func failed(at now: Instant, retries: Int, pause: Interval) -> Bool {
        failures += 1
        switch phase {
        case .dormant, .misidentified:
            wakeAt = now + pause
            return false
        case .probing, .surveying, .arming, .online:
            guard failures > retries else { return false }
            phase = .dormant
            step = 0
            wakeAt = now + pause
            hasConcluded = true
            return true
        }
    }

    mutating func restarted(at now: Instant) {
        phase = .probing
        step = 0
        failures = 0
        wakeAt = now
    }
}
