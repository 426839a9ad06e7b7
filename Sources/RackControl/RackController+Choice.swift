import DeviceSpecs
import RegisterMaps
public import Units

/// In which order waiting transactions go out.
enum Urgency: UInt8, Comparable {
    /// A cap that comes down.
    case capLowering
    /// Fan duties, and what keeps comms watchdogs from expiring.
    case safety
    /// Finding and arming devices.
    case identification
    /// Scheduled reads of power and supplies, and whatever has waited too long.
    case poll
    case capRaising
    /// Slow reads and fallback caps.
    case background
    case none

    static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }
}

/// The best of the offers that devices make for the next transaction of their channel.
struct Choice {
    private(set) var urgency = Urgency.none
    private(set) var device = -1
    private(set) var purpose = TransactionPurpose.identify
    /// When the earliest offer that is not yet due will be.
    private(set) var wakeAt = Instant.never
    /// Whether the device now asked has anything that is due, and otherwise when it will have.
    private(set) var hasOffer = false
    private(set) var deviceWakeAt = Instant.never
    private var rank = Instant.never

    mutating func beginDevice() {
        hasOffer = false
        deviceWakeAt = .never
    }

    /// A device that has nothing due before `instant`.
    mutating func pass(until instant: Instant) { wakeAt = min(wakeAt, instant) }

    /// Among offers of one urgency the lowest `rank` wins, and at a tie the first.
    mutating func offer(
        _ purpose: TransactionPurpose, of device: Int, urgency: Urgency, due: Instant, rank: Instant, at now: Instant
    ) {
        if due > now {
            wakeAt = min(wakeAt, due)
            deviceWakeAt = min(deviceWakeAt, due)
            return
        }
        hasOffer = true
        guard urgency < self.urgency || (urgency == self.urgency && rank < self.rank) else { return }
        self.urgency = urgency
        self.rank = rank
        self.device = device
        self.purpose = purpose
    }
}

extension RackController {
    /// Serial buses and TCP connections, one each.
    public var channelCount: Int { channels.count }
    public func bus(ofChannel channel: Int) -> Int { channels[channel].bus }
    public func channel(ofDevice device: Int) -> Int { devices[device].channel }

    /// When an idle channel should be asked again, as things stand after the last `step` or `complete`.
    public func nextTransactionTime(channel: Int) -> Instant {
        channels[channel].isBusy ? .never : channels[channel].idleUntil
    }

    /// What the channel should carry now, or `nil`: then not before `nextTransactionTime`. The transaction is out until
    /// `complete` is called with it; meanwhile the channel has no other.
    public func nextTransaction(channel: Int, at now: Instant) -> BusTransaction? {
        if isStalled(at: now) { beginAnew(at: now) }
        guard !channels[channel].isBusy, now >= channels[channel].idleUntil else { return nil }
        var choice = Choice()
        for slot in channels[channel].devices {
            if slotIdleUntil[slot] > now {
                choice.pass(until: slotIdleUntil[slot])
                continue
            }
            choice.beginDevice()
            offer(of: channelDevices[slot], at: now, to: &choice)
            if !choice.hasOffer { slotIdleUntil[slot] = choice.deviceWakeAt }
        }
        guard choice.device >= 0 else {
            channels[channel].idleUntil = choice.wakeAt
            return nil
        }
        channels[channel].isBusy = true
        return issue(choice.purpose, to: choice.device, at: now)
    }

    /// The channel of a device has something new to carry.
    func wake(device: Int) {
        slotIdleUntil[devices[device].slot] = .start
        channels[devices[device].channel].idleUntil = .start
    }

    // The offers change nothing.
    private func offer(of device: Int, at now: Instant, to choice: inout Choice) {
        let cycle = devices[device].cycle
        let served = devices[device].servedAt
        switch cycle.phase {
        case .misidentified where devices[device].isUnnamed:
            let due = devices[device].writesHeldUntil
            choice.offer(.introduce, of: device, urgency: .identification, due: due, rank: served, at: now)
        case .probing, .dormant, .misidentified:
            choice.offer(
                .identify, of: device, urgency: .identification, due: cycle.wakeAt, rank: served, at: now)
        case .surveying:
            let span = devices[device].spans.lowerBound + cycle.step
            choice.offer(
                .survey(span: span), of: device, urgency: .identification, due: cycle.wakeAt, rank: served, at: now)
        case .arming:
            let step = devices[device].settings.lowerBound + cycle.step
            choice.offer(
                .arm(step: step), of: device, urgency: .identification, due: cycle.wakeAt, rank: served, at: now)
        case .online:
            offerPolls(of: device, at: now, to: &choice)
            switch devices[device].deviceClass {
            case .baseboardController:
                offerIsolation(of: device, at: now, to: &choice)
                offerCaps(of: device, at: now, to: &choice)
            case .powerMonitor: offerGuardLimit(of: device, at: now, to: &choice)
            case .pumpUnit:
                offerBranches(of: device, at: now, to: &choice)
                offerDuty(of: device, at: now, to: &choice)
            case .fanController: offerDuty(of: device, at: now, to: &choice)
            case .backupUnit: offerSetPoints(of: device, at: now, to: &choice)
            default: break
            }
        }
    }

    private func offerPolls(of device: Int, at now: Instant, to choice: inout Choice) {
        for index in devices[device].spans {
            let due = spans[index].due
            let isOverdue = now - due > spans[index].interval
            let urgency: Urgency = spans[index].isFast || isOverdue ? .poll : .background
            choice.offer(.poll(span: index), of: device, urgency: urgency, due: due, rank: due, at: now)
        }
    }

    private func offerCaps(of device: Int, at now: Instant, to choice: inout Choice) {
        let tray = devices[device].tray
        if managesLoad, tray >= 0 { offerMainPower(of: device, tray, at: now, to: &choice) }
        guard isCapping, tray >= 0, devices[device].points.limitWrite >= 0 else { return }
        let ledger = trays[tray].ledger
        let served = devices[device].servedAt
        let earliest = devices[device].writesHeldUntil
        if ledger.needsWrite, ledger.isLowering {
            choice.offer(.cap(ledger.asked), of: device, urgency: .capLowering, due: earliest, rank: served, at: now)
        } else if ledger.needsWrite, pendingLowerings == 0 {
            let hasWaited = now - ledger.askedAt > configuration.timing.raiseInterval
            let urgency: Urgency = isSafeStateHeld ? .safety : hasWaited ? .poll : .capRaising
            choice.offer(
                .cap(ledger.asked), of: device, urgency: urgency, due: earliest, rank: ledger.askedAt, at: now)
        } else if let acknowledged = ledger.acknowledged {
            let due = max(earliest, ledger.writtenAt + keepAlive)
            choice.offer(.cap(acknowledged), of: device, urgency: .safety, due: due, rank: due, at: now)
        }
        if devices[device].points.defaultLimitWrite >= 0, trays[tray].confirmedDefaultCap != trays[tray].defaultCap {
            choice.offer(
                .defaultCap(trays[tray].defaultCap), of: device, urgency: isSafeStateHeld ? .safety : .background,
                due: earliest, rank: served, at: now)
        }
    }

    private func offerMainPower(of device: Int, _ tray: Int, at now: Instant, to choice: inout Choice) {
        guard let isOn = trays[tray].main.wanted, devices[device].points.powerStateWrite >= 0 else { return }
        choice.offer(
            .mainPower(isOn), of: device, urgency: isOn ? .capRaising : .capLowering,
            due: devices[device].writesHeldUntil, rank: devices[device].servedAt, at: now)
    }

    private func offerGuardLimit(of device: Int, at now: Instant, to choice: inout Choice) {
        guard isCapping, devices[device].points.limitWrite >= 0 else { return }
        let due = max(devices[device].writesHeldUntil, devices[device].fedAt + keepAlive)
        choice.offer(.guardLimit, of: device, urgency: .safety, due: due, rank: due, at: now)
    }

    private func offerDuty(of device: Int, at now: Instant, to choice: inout Choice) {
        let zone = devices[device].zone
        guard zone >= 0, devices[device].points.dutyWrite >= 0 else { return }
        let duty = zones[zone].duty
        let isKept = zones[zone].confirmedDuty == duty
        let keepAlive = isKept ? zones[zone].dutyWrittenAt + keepAlive : now
        let due = max(devices[device].writesHeldUntil, keepAlive)
        choice.offer(.duty(duty), of: device, urgency: .safety, due: due, rank: due, at: now)
    }
}
