import ControlLaws
import DeviceSpecs
import RegisterMaps
import Units

/// What the controller keeps of a device: where it is, how to read it, and how far it has come with it.
struct DeviceRecord {
    var deviceClass: DeviceClass?
    var bus: Int
    var unit: UInt8
    /// -1 for a supply.
    var tray: Int
    /// The cooling zone that it drives, into the controller's zones; -1 where it drives none.
    var zone = -1
    /// The feed behind a supply; -1 where none is known.
    var feed = -1
    var channel: Int
    /// Its place in the controller's list of devices by channel.
    var slot: Int
    /// Into the controller's spans, readings, arming settings and identity octets.
    var spans: Range<Int>
    var readings: Range<Int>
    var settings: Range<Int>
    var identity: IdentityCheck
    var points: DevicePoints
    /// Into the controller's variants: every type that is qualified for the place, the fitted one first.
    var variants: Range<Int>
    /// The one by whose map it is read and written, and the one of whose identity it is asked next.
    var variant: Int
    var candidate: Int
    /// How many were asked for in vain since the last answer that settled it.
    var candidatesTried = 0
    /// A stranger that was not asked yet what it calls itself.
    var isUnnamed = false
    var cycle = DeviceLifeCycle()
    /// When it was last asked anything, so that everyone gets a turn.
    var servedAt = Instant(rawValue: .min / 2)
    /// When it last acknowledged a write, which is what feeds its comms watchdog.
    var fedAt = Instant(rawValue: .min / 2)
    /// After a refused setting no other is tried before this.
    var writesHeldUntil = Instant(rawValue: .min / 2)
    /// "Busy" so often in a row; any other answer begins anew.
    var busyAnswers = 0
    /// When it last came online.
    var onlineAt = Instant.never
    var uptime: Int64 = -1
    /// The arming switched its comms watchdog on, or its limit.
    var hasWatchdog = false
    var isActivated = false
    /// A supply that carries load.
    var isWorking = false

    var isOnline: Bool { cycle.phase == .online }
}

/// The readings of a device by meaning; -1 or empty where its specification has none.
struct DevicePoints {
    var power = -1
    var appliedLimit = -1
    var powerState = -1
    var hostTemperature = -1
    var acceleratorCount = -1
    var acceleratorTemperatures = 0..<0
    var uptime = -1
    var watchdogTimeout = -1
    var limitActive = -1
    var outputVoltage = -1
    var generalAlarms = -1
    var inputAlarms = -1
    var outputAlarms = -1
    var stalledFans = -1
    var dutyApplied = -1
    var lockedPumps = -1
    var supplyTemperature = -1
    var returnTemperature = -1
    var level = -1
    /// Of a pump unit; of a leak sensor its status.
    var leaks = -1
    var state = -1
    var charge = -1
    var inputGood = -1
    /// Into the controller's writable points.
    var limitWrite = -1
    var defaultLimitWrite = -1
    var dutyWrite = -1
    var powerStateWrite = -1
    var branchWrite = -1
}

/// How to find out whether the device is the one expected.
struct IdentityCheck {
    /// A text in registers; otherwise object 1, the product code, of function 43/14.
    var isInRegisters: Bool
    var table: RegisterTable
    var address: UInt16
    var count: UInt16
    /// The expected octets, in the controller's store.
    var expected: Range<Int>
}

/// A setting that is written before a device counts as online.
struct ArmingSetting {
    enum Value {
        /// In the signal's base unit.
        case constant(Int64)
        /// In milliseconds.
        case watchdog(Int64)
        case activation
        case cap
        case defaultCap
        case guardLimit
        case guardDefaultLimit
        case duty
    }

    /// Into the controller's writable points.
    var point: Int
    var value: Value
}

/// What the controller knows of a tray's main power, and wants of it.
struct MainPower {
    /// By the BMC's word. A tray of which nothing was heard yet counts as on.
    var isOff = false
    /// Whether the BMC has said either.
    var isKnown = false
    /// What is to be written; `nil` once the BMC acknowledged it.
    var wanted: Bool?
    /// When the last acknowledged write of it was issued.
    var writtenAt = Instant(rawValue: .min / 2)
    /// Why it is not switched on.
    var missing: TrayPart?
    var missingSince = Instant.start
    var isMissingLogged = false

    /// Off, or about to be.
    var isLeaving: Bool { isOff || wanted == false }
}

/// What the controller keeps of a tray.
struct TrayRecord {
    var policy: ControllerTray
    /// Into the controller's devices; -1 where the tray has none.
    var monitor = -1
    var baseboard = -1
    var fanController = -1
    var leakSensor = -1
    var ledger: CapLedger
    /// The tray's share when nobody decides, and what of it the BMC acknowledged.
    var defaultCap: Power
    var confirmedDefaultCap: Power?
    /// The highest default cap that the BMC may hold: a write without an answer may have arrived. `nil` when nothing is
    /// known of it.
    var highestDefaultCap: Power?
    /// Whether the BMC acknowledged a comms watchdog: then silence ends in the default cap.
    var fallsBack = false
    /// It was not fed for so long that it may have fallen back, and only a cap that it acknowledges ends that.
    var mayHaveFallenBack = false
    /// What the tray counts for.
    var counted: Power
    /// What it draws now, by its reading or its worst case; less than it counts for while the brake holds it.
    var drawn = Power.zero
    var demand: Power
    /// The period of its load and its highest power of more than one, for a law that learns them.
    var swing = SwingEstimate()
    var peaks = PeakWindow()
    var leak = TrayLeakResponse()
    /// Its power was read, not guessed, at the last scan cycle.
    var isRead = false
    var main = MainPower()
    /// Of its own fans, into the controller's zones; -1 where it has none.
    var zone = -1

    /// Takes what the tray counts for into the estimate of its period, and into its peaks once that is known.
    mutating func learn(_ power: Power, elapsed: Interval) {
        swing.observe(power, least: policy.ceiling.scaled(by: PredictiveLaw.leastSwing), elapsed: elapsed)
        peaks.take(power, window: swing.period?.scaled(by: PredictiveLaw.kept) ?? .zero, elapsed: elapsed)
    }

    /// The smallest power that the tray's monitor must let pass, whatever cap it guards.
    func guardLimit(share: PerMille) -> Power { policy.ceiling.scaled(by: share) }
}
