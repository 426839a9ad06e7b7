/// What accelerators do by themselves when they get hot.
extension ThermalBank {
    /// How fast the thermal control takes dynamic power away, as a share of it per kelvin and second, and the greatest
    /// fall and rise per second. Typical: a hot part is pulled back within seconds and let go more slowly.
    static let throttleGain = 0.1
    static let greatestFall = 0.5
    static let greatestRise = 0.1

    /// Moves each accelerator's thermal level; tells the tray when a limit changed.
    func regulate(_ index: Int) {
        let tray = trays + index
        guard tray.pointee.isThrottling || tray.pointee.hottest > tray.pointee.throttleTemperature else { return }
        guard tray.pointee.count > 0 else { return }
        let state = bank.trays + index
        var isThrottling = false
        var lowest = Double.infinity
        for accelerator in 0..<tray.pointee.count {
            let slot = tray.pointee.first + accelerator
            regulate(slot, tray: index, accelerator: accelerator)
            let level = level[slot]
            let limit =
                level >= 1
                ? Double.infinity : (level < 0 ? 0 : state.pointee.idlePower + level * state.pointee.dynamicPower)
            bank.heatLimit[tray.pointee.firstElement + accelerator] = limit
            lowest = min(lowest, limit)
            isThrottling = isThrottling || level < 1
        }
        tray.pointee.isThrottling = isThrottling
        state.pointee.heatLimit = lowest
        state.pointee.mustRetarget = true
    }

    private func regulate(_ slot: Int, tray: Int, accelerator: Int) {
        let before = level[slot]
        guard before >= 0 else { return }
        let temperature = die[slot]
        if temperature >= trays[tray].shutdownTemperature {
            level[slot] = -1
            log.append(.thermalShutdown(tray: tray, accelerator: accelerator))
            return
        }
        let excess = temperature - trays[tray].throttleTemperature
        let change = min(
            ThermalBank.greatestRise, max(-ThermalBank.greatestFall, -ThermalBank.throttleGain * excess))
        let after = min(1, max(0, before + change * step))
        level[slot] = after
        if before >= 1 && after < 1 { log.append(.throttleBegan(tray: tray, accelerator: accelerator)) }
        if before < 1 && after >= 1 { log.append(.throttleEnded(tray: tray, accelerator: accelerator)) }
    }

    /// A power cycle brings accelerators back that had shut themselves down.
    func clearShutdowns(_ index: Int) {
        let tray = trays + index
        for accelerator in 0..<tray.pointee.count where level[tray.pointee.first + accelerator] < 0 {
            level[tray.pointee.first + accelerator] = 1
            bank.heatLimit[tray.pointee.firstElement + accelerator] = .infinity
        }
        bank.trays[index].heatLimit = .infinity
        bank.trays[index].mustRetarget = true
    }
}
