internal import ModbusWire
internal import Plant
internal import RackControl
internal import RegisterMaps
internal import Scenario
internal import Units

/// What is learnt from the octets, and from what happens to the rack.
extension SafetyWatch {
    /// A request reached a device; `isAccepted` says that the device carried it out, `isBeginning` that a controller acts
    /// which has not found its devices yet.
    func delivered(_ pdu: Span<UInt8>, to device: Int, isAccepted: Bool, isBeginning: Bool, at now: Instant) {
        guard pdu.count >= 5, Self.writes.contains(pdu[0]) else { return }
        let path = scenario.rack.devices[device].path
        note(.identity, lives.written(to: device, path: path), at: now)
        guard isAccepted else { return }
        reach.noteWrite(to: device, at: now)
        if let duty = dutyOf[device].flatMap({ Self.value(of: $0, in: pdu) }) {
            note(.cooling, cooling.dutyWritten(.perMille(duty), to: device, path: path, at: now), at: now)
        }
        guard let limit = limitOf[device].flatMap({ Self.value(of: $0, in: pdu) }), let tray = trayOf[device] else {
            return
        }
        let cap = Power.milliwatts(limit)
        let readAt = trayOf.indices.filter { trayOf[$0] == tray }.map { reach.readAt[$0] }.max()
        let found = freshness.capWritten(
            cap, tray: tray, name: scenario.rack.plant.trays[tray].name, readAt: readAt ?? ReachWatch.longAgo, at: now)
        note(.freshReadings, found, at: now)
        // A register holds whole watts.
        guard isBeginning, now >= Self.judgedFrom, let held = enforced.map({ $0[tray] }).max(), cap > held + .watts(1)
        else { return }
        note(
            .slew,
            "\(scenario.rack.plant.trays[tray].name) was given \(cap.milliwatts / 1000) W before anything was decided; its BMC "
                + "held \(held.milliwatts / 1000) W", at: now)
    }

    /// Write coil, register, coils, registers, mask (application protocol V1.1b3, section 6).
    private static let writes: [UInt8] = [0x05, 0x06, 0x0F, 0x10, 0x16]

    /// What a request writes to a point, in the unit of its signal.
    private static func value(of point: PointDefinition, in pdu: Span<UInt8>) -> Int64? {
        guard pdu[0] == 0x06 || pdu[0] == 0x10 else { return nil }
        guard UInt16(pdu[1]) << 8 | UInt16(pdu[2]) == point.address else { return nil }
        let first = pdu[0] == 0x06 ? 3 : 6
        guard pdu.count >= first + 2 * Int(point.wordCount) else { return nil }
        return point.signalValue { UInt16(pdu[first + 2 * $0]) << 8 | UInt16(pdu[first + 2 * $0 + 1]) }
    }

    /// The controller has its answer, or knows that none comes.
    func ended(_ transaction: BusTransaction, verdict: BusReply, sentAt: Instant, at now: Instant) {
        let device = transaction.device
        switch verdict {
        case .timeout, .badFrame, .mismatch, .exception: reach.noteFailure(of: device, at: now)
        case .written: reach.noteAnswer(of: device, isRead: false, askedAt: sentAt)
        case .registers, .text:
            reach.noteAnswer(of: device, isRead: true, askedAt: sentAt)
            switch transaction.request {
            case .readIdentification: lives.identified(device)
            case .readRegisters(let table, let address, let count):
                if address == probeAddress[device] { lives.identified(device) }
                cooling.noteRead(of: device, table: table, address: address, count: count, askedAt: sentAt)
            case .writeRegisters, .writeCoil: break
            }
        }
    }

    func noteControllerBegan(at now: Instant) {
        capsFit.noteChange(at: now)
        lives.controllerBegan()
    }

    func noteEvent(at now: Instant) { capsFit.noteChange(at: now) }

    func noteRestart(of device: Int, at now: Instant) {
        reach.noteTrouble(of: device, at: now)
        if limitOf[device] != nil, let tray = trayOf[device] { freshness.forget(tray: tray) }
    }

    func note(_ event: PlantEvent, subject: String, at now: Instant) {
        capsFit.noteChange(at: now)
        switch event {
        case .breakerTripped, .busCollapsed, .supplyOverloaded: note(.nothingTrips, "\(subject) gave way", at: now)
        default: break
        }
    }

    func note(_ reflex: ReflexNews, of device: VirtualDevice, at now: Instant) {
        switch reflex {
        case .poweredOff: note(.nothingTrips, "\(device.definition.path) switched its tray off", at: now)
        case .outputDisabled, .outputEnabled, .holdBegan, .holdEnded: capsFit.noteChange(at: now)
        case .brakeAsserted, .brakeReleased, .watchdogExpired, .watchdogFed, .switchedOff, .switchedOn: break
        }
    }
}
