internal import Expectations
internal import Plant
internal import RunRecords
internal import Units

extension RackSimulation {
    /// Once per plant step: the expectations see every step, telemetry every hundredth.
    func observe() {
        if now >= observation.nextSample {
            sample()
            observation.nextSample += observation.interval
        } else {
            for index in observation.needed {
                observation.values[index] = value(of: observation.sources[index])
            }
        }
        observation.monitor.observe(at: now, values: observation.readableValues)
        checks.step(self)
        safety?.step(self)
    }

    private func sample() {
        updateBusLoads()
        observation.grid.take(inputPower)
        for index in observation.sources.indices {
            let value = value(of: observation.sources[index])
            observation.values[index] = value
            digest.mix(value)
        }
        observation.notePower(plant.rackPower)
        let values = observation.readableValues
        observation.reducer.take(at: reachedSeconds, values: values)
        recorder?.record(at: reachedSeconds, values: values)
        checks.sample(self)
        safety?.sample(self)
    }

    /// A transaction counts in the interval in which it ends, so a long one may show as a little more than all.
    private func updateBusLoads() {
        for bus in counters.indices {
            let busy = counters[bus].busy - observation.busyBefore[bus]
            observation.busyBefore[bus] = counters[bus].busy
            let share = Double(busy.rawValue) / Double(observation.interval.rawValue)
            observation.recentLoad[bus] = min(1, share / Double(channelsOfBus[bus]))
        }
    }

    /// Share of the last telemetry interval during which the bus was occupied, 0...1.
    func recentLoad(ofBus bus: Int) -> Double { observation.recentLoad[bus] }
}
