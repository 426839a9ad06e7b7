import DeviceSpecs
public import ModbusWire
import RegisterMaps
public import Units

/// Taking in what came of a transaction.
extension RackController {
    /// Brings back what came of a transaction that `nextTransaction` handed out. `registers` holds the words or the
    /// text of a reply that has any and is not looked at otherwise.
    public func complete(
        _ transaction: BusTransaction, reply: BusReply, registers: RegisterBlock, at now: Instant
    ) {
        let device = transaction.device
        let channel = devices[device].channel
        channels[channel].isBusy = false
        wake(device: device)
        if channels[channel].isForgotten {
            channels[channel].isForgotten = false
            return
        }
        switch reply {
        case .timeout:
            counters.timeouts += 1
            fail(transaction, at: now)
        case .badFrame, .mismatch:
            counters.badReplies += 1
            fail(transaction, at: now)
        case .exception(let code):
            counters.exceptions += 1
            refuse(transaction, code: code, at: now)
        case .registers, .text, .written:
            guard fits(reply, transaction.request, registers) else {
                counters.badReplies += 1
                fail(transaction, at: now)
                return
            }
            accept(transaction, registers, at: now)
        }
    }

    /// The same for a reply that carries no words.
    public func complete(_ transaction: BusTransaction, reply: BusReply, at now: Instant) {
        complete(transaction, reply: reply, registers: RegisterBlock(), at: now)
    }

    private func fits(_ reply: BusReply, _ request: BusRequest, _ registers: borrowing RegisterBlock) -> Bool {
        switch (request, reply) {
        case (.readRegisters(_, _, let count), .registers): registers.count == Int(count)
        case (.readIdentification, .text), (.writeRegisters, .written), (.writeCoil, .written): true
        default: false
        }
    }

    private func accept(_ transaction: BusTransaction, _ registers: RegisterBlock, at now: Instant) {
        let device = transaction.device
        devices[device].cycle.answered()
        devices[device].busyAnswers = 0
        switch transaction.purpose {
        case .poll(let span):
            store(span, registers, issuedAt: transaction.issuedAt)
            noteUptime(of: device, at: now)
        case .survey(let span):
            store(span, registers, issuedAt: transaction.issuedAt)
            advance(device, at: now)
        case .identify:
            identify(device, registers, at: now)
        case .introduce:
            log(.strangerNamed(device: device, name: Self.text(registers)), at: now)
        case .arm(let step):
            noteFed(transaction)
            noteArmed(step, transaction)
            advance(device, at: now)
        case .cap(let power):
            noteFed(transaction)
            let tray = devices[device].tray
            let held = held(power, by: devices[device].points.limitWrite)
            trays[tray].ledger.acknowledge(power, holds: held, issuedAt: transaction.issuedAt)
            trays[tray].mayHaveFallenBack = false
            counters.capsWritten += 1
            countPendingLowerings()
        case .defaultCap(let power):
            noteFed(transaction)
            noteDefaultCap(power, of: devices[device].tray)
        case .guardLimit:
            noteFed(transaction)
        case .mainPower(let isOn):
            noteFed(transaction)
            noteSwitched(isOn, tray: devices[device].tray, issuedAt: transaction.issuedAt)
        case .duty(let duty):
            noteFed(transaction)
            noteDuty(duty, transaction)
        case .branches(let shut):
            noteFed(transaction)
            confirmedShutBranches = shut
        case .backup(let setPoint, let value):
            noteFed(transaction)
            backupSetPoints[setPoint].confirmed = value
        }
    }

    private func store(_ span: Int, _ registers: RegisterBlock, issuedAt: Instant) {
        for index in spans[span].points {
            let reading = polledPoints[index].reading
            let offset = polledPoints[index].offset
            // A float that is no number is no reading: the one before it goes on ageing.
            guard polledPoints[index].definition.areNumber({ registers[offset + $0] }) else { continue }
            readings[reading].value = polledPoints[index].definition.signalValue { registers[offset + $0] }
            readings[reading].takenAt = issuedAt
        }
    }

    /// Any write feeds a device's watchdog. A BMC that had fallen back before it came stays so until its cap is written.
    private func noteFed(_ transaction: BusTransaction) {
        let device = transaction.device
        let tray = devices[device].tray
        let silence = transaction.issuedAt - devices[device].fedAt
        if tray >= 0, devices[device].deviceClass == .baseboardController, configuration.deviceWatchdog > .zero,
            silence >= configuration.deviceWatchdog / 2
        {
            trays[tray].mayHaveFallenBack = true
        }
        devices[device].fedAt = transaction.issuedAt
    }

    private func noteDuty(_ duty: PerMille, _ transaction: BusTransaction) {
        let zone = devices[transaction.device].zone
        guard zone >= 0 else { return }
        zones[zone].confirmedDuty = duty
        zones[zone].dutyWrittenAt = transaction.issuedAt
    }

    private func noteArmed(_ step: Int, _ transaction: BusTransaction) {
        let tray = devices[transaction.device].tray
        guard case .writeRegisters(_, let words) = transaction.request else { return }
        let definition = writablePoints[settings[step].point]
        let sent = definition.signalValue { words[$0] }
        switch settings[step].value {
        case .cap where tray >= 0:
            let held = Power(rawValue: sent)
            let asked = trays[tray].ledger.asked
            let matches = self.held(asked, by: settings[step].point) == held
            trays[tray].ledger.acknowledge(matches ? asked : held, holds: held, issuedAt: transaction.issuedAt)
            trays[tray].mayHaveFallenBack = false
            counters.capsWritten += 1
        case .defaultCap where tray >= 0:
            noteDefaultCap(Power(rawValue: sent), of: tray)
        case .duty:
            noteDuty(PerMille(rawValue: sent), transaction)
        case .watchdog:
            devices[transaction.device].hasWatchdog = sent != 0
            if tray >= 0, devices[transaction.device].deviceClass == .baseboardController {
                trays[tray].fallsBack = sent != 0
            }
        case .activation:
            devices[transaction.device].isActivated = true
        case .cap, .defaultCap, .constant, .guardLimit, .guardDefaultLimit: break
        }
    }

    private func noteDefaultCap(_ power: Power, of tray: Int) {
        trays[tray].confirmedDefaultCap = power
        trays[tray].highestDefaultCap = power
    }

    /// A cap that a BMC does not take leaves its tray unlimited, whatever it held before it was lost; without a comms
    /// watchdog it never falls back.
    private func noteRefused(_ transaction: BusTransaction) {
        let tray = devices[transaction.device].tray
        guard case .arm(let step) = transaction.purpose, tray >= 0,
            devices[transaction.device].deviceClass == .baseboardController
        else { return }
        switch settings[step].value {
        case .cap: trays[tray].ledger.contradict(readBack: trays[tray].policy.ceiling)
        case .watchdog: trays[tray].fallsBack = false
        default: break
        }
    }

    private func fail(_ transaction: BusTransaction, at now: Instant) {
        let device = transaction.device
        if case .poll(let span) = transaction.purpose { spans[span].due = now }
        devices[device].candidatesTried = 0
        let wasOnline = devices[device].isOnline
        let isLost = devices[device].cycle.failed(
            at: now, retries: configuration.retries, pause: configuration.reprobe)
        guard isLost else { return }
        log(.lost(device: device), at: now)
        if devices[device].deviceClass == .baseboardController, devices[device].tray >= 0 {
            trays[devices[device].tray].ledger.doubt()
            trays[devices[device].tray].main.wanted = nil
        }
        if wasOnline { countPendingLowerings() }
    }

    /// An exception is an answer: the device is there, but does not do what was asked.
    private func refuse(_ transaction: BusTransaction, code: ExceptionCode, at now: Instant) {
        let device = transaction.device
        let isPassing = code == .serverDeviceBusy || code == .acknowledge
        let pause = busyPause(of: device)
        devices[device].busyAnswers = isPassing ? devices[device].busyAnswers + 1 : 0
        switch transaction.purpose {
        case .identify:
            if isPassing { fail(transaction, at: now) } else { tryNextCandidate(device, at: now) }
        // It need not have a name, but it may be too busy to tell it.
        case .introduce:
            guard isPassing else { break }
            devices[device].isUnnamed = true
            devices[device].writesHeldUntil = now + min(pause, configuration.period)
        case .arm, .survey:
            if isPassing {
                fail(transaction, at: now)
            } else {
                log(.settingRefused(device: device, code: code), at: now)
                noteRefused(transaction)
                advance(device, at: now)
            }
        case .poll(let span):
            devices[device].cycle.answered()
            if isPassing { spans[span].due = now + min(pause, spans[span].interval) }
            // Where several types may stand, one that lost a register may be another one.
            if devices[device].variants.count > 1, code == .illegalDataAddress || code == .illegalFunction {
                devices[device].cycle.restarted(at: now)
            }
        case .cap, .defaultCap, .guardLimit, .mainPower, .duty, .branches, .backup:
            devices[device].cycle.answered()
            if isPassing {
                devices[device].writesHeldUntil = now + min(pause, configuration.period)
                return
            }
            devices[device].writesHeldUntil = now + configuration.timing.refusalPause
            log(.settingRefused(device: device, code: code), at: now)
        }
    }

    /// How long a device is left alone that is too busy to answer: twice as long with every such answer in a row. What is
    /// left out of the polls comes late by no more than its interval, and a write by no more than a cycle.
    private func busyPause(of device: Int) -> Interval {
        configuration.timing.busyPause * Int64(1 << min(devices[device].busyAnswers, Self.mostDoublings))
    }

    /// 10 s from 10 ms: beyond every interval of a poll.
    private static var mostDoublings: Int { 10 }
}
