internal import Units

/// One line about a running rack, for logs and terminals that cannot be drawn on:
/// `t=12.0s power=24.1kW budget=27.5kW worst=71C trays=8/8 buses=ok timeouts=0 late=0`.
///
/// Fields of which nothing is known are left out; their order stays.
public struct StatusLine: Sendable {
    public let text: String

    public init(_ snapshot: LiveSnapshot) {
        var fields: [String] = []
        if let time = snapshot.rackTime { fields.append("t=\(FigureText.tenths(time.rawValue, of: 1_000_000_000))s") }
        if let power = snapshot.power { fields.append("power=\(FigureText.kilowatts(power))kW") }
        if snapshot.power != nil, snapshot.assumedTrays > 0 { fields.append("assumed=\(snapshot.assumedTrays)") }
        if let budget = snapshot.budgetInForce { fields.append("budget=\(FigureText.kilowatts(budget))kW") }
        if let worst = snapshot.hottestTray?.temperature { fields.append("worst=\(FigureText.degrees(worst))C") }
        if !snapshot.trays.isEmpty {
            fields.append("trays=\(snapshot.trays.count(where: \.isOnline))/\(snapshot.trays.count)")
        }
        if !snapshot.buses.isEmpty {
            let down = snapshot.buses.filter { $0.isUp == false }.map { FigureText.printable($0.name) + ":down" }
            fields.append("buses=\(down.isEmpty ? "ok" : down.joined(separator: ","))")
            let timeouts = snapshot.buses.compactMap(\.timeouts)
            if !timeouts.isEmpty { fields.append("timeouts=\(timeouts.reduce(0, +))") }
        }
        if !snapshot.faults.isEmpty { fields.append("faults=\(snapshot.faults.count)") }
        if let lag = snapshot.lag, lag >= .milliseconds(1) { fields.append("lag=\(lag.milliseconds)ms") }
        if let late = snapshot.lateCycles { fields.append("late=\(late)") }
        if let skipped = snapshot.skippedReleases { fields.append("skipped=\(skipped)") }
        if let latency = snapshot.wakeUpP99 { fields.append("wake-p99=\(latency.rawValue / 1000)us") }
        if let state = snapshot.safetyState {
            fields.append("state=\(FigureText.printable(state.replacing(" ", with: "-")))")
        }
        if snapshot.isSafeStateHeld { fields.append("safe-state=held") }
        if snapshot.isDryRun { fields.append("dry-run=yes") }
        text = fields.joined(separator: " ")
    }
}
