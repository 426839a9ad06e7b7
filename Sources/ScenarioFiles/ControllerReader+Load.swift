import Scenario
import Units
import YAMLReading

/// What the controller may do with load, and its standby.
extension ControllerReader {
    func readLoad(_ mapping: YAMLMapping, _ settings: inout ControllerSettings) {
        var load = LoadSettings()
        load.bringUp = mapping.optional("bring-up")?.choice(of: LoadSettings.BringUp.self) ?? load.bringUp
        // Beside bring-up: none it says nothing, and may stand there for who switches that off.
        load.bringUpInterval =
            mapping.optional("bring-up-interval")?.interval(from: .milliseconds(100), to: .seconds(600))
            ?? load.bringUpInterval
        load.sheds = mapping.optional("shed")?.bool() ?? load.sheds
        load.hasBrakeLine = mapping.optional("brake-line")?.bool() ?? load.hasBrakeLine
        if let place = mapping.optional("standby") { load.standby = readStandby(place, settings.period) }
        settings.load = load
    }

    private func readStandby(_ place: YAMLValue, _ period: Interval) -> LoadSettings.Standby? {
        guard let mapping = place.mapping("a mapping such as {takes-over-after: 2 s}") else { return nil }
        let value = mapping.required("takes-over-after")
        mapping.finish()
        guard let value, let time = value.interval(from: .milliseconds(100), to: .seconds(600)) else { return nil }
        // A lease is renewed thrice in its time, once per scan cycle at most.
        if time < period * 6 {
            value.problem(
                "expected at least six periods (\((period * 6).text)), so that two renewals may be lost, found \(time.text)"
            )
        }
        return LoadSettings.Standby(takesOverAfter: time)
    }
}
