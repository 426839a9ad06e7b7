internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// A device in the virtual rack: firmware behind its register map, wired to the plant.
///
/// The bus side sees octets only; the plant side sees process images and outputs only. Subclasses are the wiring of
/// one device class each.
class VirtualDevice {
    final let index: Int
    final let definition: DeviceDefinition
    final var sensors = SensorChain()
    /// Gone from its bus: pulled out, or its cable is cut. Its firmware runs on.
    final var isDisconnected = false
    /// Fed from the busbar, and the busbar is dead: neither its firmware nor its bus side lives.
    final var isUnpowered = false
    /// Reflexes that began or ended since they were last told, for the event log.
    final private var reflexNews: [ReflexNews] = []
    final private(set) var hasNews = false
    /// Its comms watchdog has expired, and that is told.
    final private var isUnattended = false
    /// What it hears on a serial line beside its own frames.
    final var ear = LineEar(isOpen: true)

    init(_ site: DeviceSite) {
        index = site.index
        definition = site.definition
    }

    final func tell(_ news: ReflexNews) {
        reflexNews.append(news)
        hasNews = true
    }

    /// Tells when the comms watchdog has expired, and when a controller writes again.
    @inline(__always)
    final func tellWatchdog(hasExpired: Bool) {
        guard hasExpired != isUnattended else { return }
        isUnattended = hasExpired
        tell(hasExpired ? .watchdogExpired : .watchdogFed)
    }

    /// A restart begins a watchdog anew, which nobody has fed.
    final func forgetWatchdog() { isUnattended = false }

    final func takeNews() -> [ReflexNews] {
        defer { reflexNews.removeAll() }
        hasNews = false
        return reflexNews
    }

    /// When the firmware wants to be stepped next.
    var nextDeadline: Instant { .never }

    /// Whether the MCU runs: not while it boots.
    func isReady(at now: Instant) -> Bool { true }

    /// Whether anything comes back from its address.
    final func answers(at now: Instant) -> Bool { !isDisconnected && !isUnpowered && isReady(at: now) }

    /// Samples the plant, steps the firmware, drives the plant; returns when it wants to be stepped next.
    func step(at now: Instant, plant: RackPlant) -> Instant { .never }

    /// Serves a request PDU; an empty reply means silence.
    func respond(to request: Span<UInt8>, at now: Instant, isBroadcast: Bool, reply: inout FrameBuffer) {}

    final func respond(to request: Span<UInt8>, at now: Instant, reply: inout FrameBuffer) {
        respond(to: request, at: now, isBroadcast: false, reply: &reply)
    }

    func restart(at now: Instant) {}

    /// Its input is back after an outage.
    func powerUp(at now: Instant) { restart(at: now) }

    /// All devices of the rack are made: the one time to look for those with which it is wired.
    func meet(_ devices: [VirtualDevice]) {}

    /// It is pulled out: whatever it drives is driven no longer.
    func pulled(from plant: RackPlant) {}

    /// A firmware signal as telemetry sees it: true even when nobody reads it over the bus.
    func signal(_ identifier: SignalIdentifier) -> Int64 { 0 }

    /// What the firmware would say to a write; changes nothing.
    func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict { .protected }
}

/// What a device did of its own accord.
enum ReflexNews {
    case brakeAsserted
    case brakeReleased
    case watchdogExpired
    case watchdogFed
    case poweredOff
    case switchedOff
    case switchedOn
    case outputDisabled
    case outputEnabled
    case holdBegan
    case holdEnded

    var text: String {
        switch self {
        case .brakeAsserted: "power brake asserted"
        case .brakeReleased: "power brake released"
        case .watchdogExpired: "comms watchdog expired, default in force"
        case .watchdogFed: "comms watchdog fed again"
        case .poweredOff: "tray powered off by its BMC"
        case .switchedOff: "main power off, as asked"
        case .switchedOn: "main power on, as asked"
        case .outputDisabled: "output disabled by its MCU"
        case .outputEnabled: "output enabled by its MCU"
        case .holdBegan: "holds the busbar"
        case .holdEnded: "lets go of the busbar"
        }
    }
}
