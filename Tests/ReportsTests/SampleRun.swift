import RunRecords

/// An invented run with the signals of a real one: a supply fails at 120 s, the budget falls, the trays are capped.
struct SampleRun {
    var trays = 8
    var shelves = 1
    /// Simulated seconds.
    var duration = 300.0
    var reached = 300.0
    var failed = false
    var events: [EventMark] = []

    private let failureAt = 120.0

    func result() -> RunResult {
        RunResult(
            scenario: trays > 8 ? "liquid-cooled-72" : "first-light",
            says:
                "An oversubscribed air-cooled rack loses a supply under load: the controller must cap before the breaker notices.",
            version: "0.1.0", seed: 1, duration: duration, reached: reached, wallSeconds: 0.61,
            interrupted: reached < duration,
            outcomes: outcomes, checks: checks, events: marks, buses: buses, figures: figures, series: series,
            settings: [
                Setting(name: "rack", value: "racks/air-cooled-64.yaml"), Setting(name: "law", value: "three-band"),
                Setting(name: "period", value: "100 ms"), Setting(name: "budget", value: "27.5 kW"),
                Setting(name: "demand", value: "90 %"),
            ],
            digest: "3f9c1b02a4d07e55", command: "busbar run Scenarios/first-light.yaml --seed 1 --set demand='90 %'")
    }

    private var outcomes: [ExpectationOutcome] {
        [
            ExpectationOutcome(
                kind: "never", text: "feed-a/breaker.tripped", verdict: .held, margin: 61, marginUnit: "%",
                marginAt: 121.2,
                explanation: "61 % of the trip heat left, least at 121.2 s"),
            ExpectationOutcome(
                kind: "always", text: "rack.power <= rack.budget except 500 ms after any event", verdict: .held,
                margin: 310,
                marginUnit: "W", marginAt: 120.134, explanation: "margin 310 W, least at 120.134 s"),
            ExpectationOutcome(
                kind: "within", text: "rack.power <= 22 kW in 2 s, for 10 s", verdict: failed ? .failed : .held,
                margin: failed ? -900 : 0.7, marginUnit: failed ? "W" : "s", marginAt: 122.4,
                explanation: failed ? "after 2.4 s, 900 W over at the worst" : "after 1.3 s of 2 s"),
            ExpectationOutcome(
                kind: "settles", text: "rack.power", verdict: reached < duration ? .undecided : .held, margin: 4,
                marginUnit: "s", marginAt: 131, explanation: "settled 4 s before the limit"),
        ]
    }

    private var checks: [CheckOutcome] {
        [
            CheckOutcome(name: "energy balance", held: true, explanation: "in − out − stored ≤ 0.2 J in any step"),
            CheckOutcome(
                name: "caps within survivors' capacity", held: true, explanation: "least room 212 W at 120.2 s"),
            CheckOutcome(name: "one talker per line", held: true, explanation: "38 214 frames, no overlap"),
        ]
    }

    private var figures: [Figure] {
        [
            Figure(name: "work-lost", value: 3.1, unit: "%"), Figure(name: "caps-written", value: 214, unit: ""),
            Figure(name: "late-cycles", value: 0, unit: ""), Figure(name: "energy", value: 7_640_000, unit: "J"),
        ]
    }

    private var marks: [EventMark] {
        guard events.isEmpty else { return events }
        var marks = [
            EventMark(at: 0.4, source: .controller, subject: "rack", text: "all devices identified", isMajor: true),
            EventMark(at: 120, source: .scenario, subject: "shelf-1/psu-3", text: "failed", isMajor: true),
            EventMark(
                at: 120.1, source: .controller, subject: "rack", text: "budget 27.5 kW to 22.6 kW", isMajor: true),
            EventMark(at: 120.2, source: .device, subject: "tray-2/monitor", text: "brake asserted", isMajor: true),
            EventMark(
                at: 180, source: .scenario, subject: "bus/trays", text: "no reply of unit 12, chance 30 %",
                isMajor: true),
            EventMark(
                at: 200, source: .scenario, subject: "bus/trays", text: "no reply of unit 12 ended", isMajor: true),
            EventMark(at: 240, source: .scenario, subject: "rack", text: "budget set to 21 kW", isMajor: true),
        ].filter { $0.at <= reached }
        for step in 0..<60 {
            marks.append(
                EventMark(
                    at: 120.3 + Double(step) / 10, source: .controller, subject: "tray-\(step % trays + 1)",
                    text: "cap \(2_400 + step) W", isMajor: false))
        }
        return marks
    }

    private var buses: [BusStatistics] {
        [
            BusStatistics(
                name: "trays", kind: "rtu 115200 8E1", transactions: 21_480, exceptions: 3, timeouts: 61, badFrames: 2,
                octets: 412_331, load: 0.612),
            BusStatistics(
                name: "shelf-1", kind: "rtu 19200 8E1", transactions: 3_004, exceptions: 0, timeouts: 12, badFrames: 0,
                octets: 88_120, load: 0.388),
            BusStatistics(
                name: "bmcs", kind: "tcp", transactions: 24_112, exceptions: 0, timeouts: 0, badFrames: 0,
                octets: 901_200,
                load: 0.011),
        ]
    }

    // MARK: Signals

    /// Noise that is the same on every machine: a linear congruential generator (Knuth's MMIX constants).
    private struct Noise {
        var state: UInt64
        mutating func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 24) * 2 - 1
        }
    }

    private func budget(at t: Double) -> Double { (t < failureAt + 0.1 ? 27_500 : t < 240 ? 22_600 : 21_000) * scale }
    private var scale: Double { Double(trays) / 8 }

    private var series: [SeriesRecord] {
        var paths = [
            ("rack.power", "W"), ("rack.budget", "W"), ("rack.operator-budget", "W"), ("rack.capacity", "W"),
            ("rack.measured-power", "W"), ("rack.caps", "W"), ("rack.work-lost", "%"), ("rack.demand", "%"),
            ("bus.voltage", "V"), ("feed-a.power", "W"), ("feed-b.power", "W"), ("feed-a/breaker.heat", "%"),
            ("feed-b/breaker.heat", "%"), ("bus/trays.load", "%"), ("bus/shelf-1.load", "%"), ("bus/bmcs.load", "%"),
        ]
        for shelf in 1...shelves {
            for supply in 1...6 { paths.append(("shelf-\(shelf)/psu-\(supply).power", "W")) }
        }
        for tray in 1...trays {
            paths += [
                ("tray-\(tray).power", "W"), ("tray-\(tray).cap", "W"), ("tray-\(tray).temperature", "degC"),
                ("tray-\(tray).duty", "%"), ("tray-\(tray).fan-speed", "rpm"),
            ]
        }
        let signals = paths.map { SignalDescription(path: $0.0, unit: $0.1) }
        var reducer = SeriesReducer(signals: signals, interval: 0.1)
        var world = World(run: self)
        for sample in 0...Int(reached * 10) {
            world.step(to: Double(sample) / 10).withUnsafeBufferPointer {
                reducer.take(at: Double(sample) / 10, values: $0)
            }
        }
        return reducer.records()
    }

    private struct World {
        let run: SampleRun
        var noise = Noise(state: 42)
        var load: [Double]
        var temperature: [Double]

        init(run: SampleRun) {
            self.run = run
            load = Array(repeating: 0.85, count: run.trays)
            temperature = (0..<run.trays).map { 62 + Double($0 % 5) * 2 }
        }

        mutating func step(to t: Double) -> [Double] {
            let budget = run.budget(at: t)
            let capacity = (t < run.failureAt ? 33_000 : 27_500) * run.scale
            let cap = t < run.failureAt + 0.2 ? 6_000 : (budget * 0.975) / Double(run.trays)
            var powers: [Double] = []
            for tray in 0..<run.trays {
                load[tray] += noise.next() * 0.02 + (0.86 - load[tray]) * 0.02
                let wanted = 600 + 3_100 * max(0.2, min(1, load[tray] + 0.06 * Double(tray % 3)))
                powers.append(min(wanted, cap * (1 + 0.008 * noise.next())))
                let inlet = tray == 4 && t > 180 ? 9.0 : 0
                temperature[tray] += (38 + powers[tray] / 110 + inlet + Double(tray % 5) - temperature[tray]) * 0.004
            }
            let power = powers.reduce(0, +)
            let lost = cap < 3_500 ? (3_300 - cap) / 33 : 0
            var row = [
                power, budget, (t < 240 ? 27_500 : 21_000) * run.scale, capacity, power * (1 + 0.004 * noise.next()),
                min(cap, 4_400) * Double(run.trays), max(0, lost), 90 + noise.next(), 50.4 - power / 60_000,
                power * 0.52, power * 0.5, t < 120 ? 12 + t / 30 : max(8, 39 - (t - 120) / 4), 11,
                61 + noise.next() * 3,
                38 + noise.next() * 2, 1.1,
            ]
            let alive = Double(run.shelves * 6 - (t < run.failureAt ? 0 : 1))
            for supply in 0..<run.shelves * 6 {
                row.append(supply == 2 && t >= run.failureAt ? 0 : power / alive * (1 + 0.01 * noise.next()))
            }
            for tray in 0..<run.trays {
                let duty = max(25, min(100, (temperature[tray] - 45) * 2.6))
                row += [powers[tray], cap, temperature[tray], duty, duty * 118 + noise.next() * 40]
            }
            return row
        }
    }
}
