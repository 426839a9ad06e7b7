import RunRecords
import Testing

@Suite struct SampleComparisonTests {
    private static let signals = [
        SignalDescription(path: "rack.power", unit: "W"), SignalDescription(path: "tray-1.cap", unit: "W"),
        SignalDescription(path: "tray-1.temperature", unit: "degC"),
        SignalDescription(path: "tray-2.temperature", unit: "degC"),
    ]

    private func record(_ rows: [(at: Double, values: [Double])], into recorder: any RunRecorder) {
        recorder.begin(signals: Self.signals)
        for row in rows { row.values.withUnsafeBufferPointer { recorder.record(at: row.at, values: $0) } }
    }

    private func differences(
        _ virtual: [(at: Double, values: [Double])], _ real: [(at: Double, values: [Double])], from: Double = 0
    ) -> [String: SignalDifference] {
        let keeper = SampleKeeper()
        record(virtual, into: keeper)
        let comparison = SampleComparison(with: keeper, from: from)
        record(real, into: comparison)
        return Dictionary(uniqueKeysWithValues: comparison.differences.map { ($0.path, $0) })
    }

    @Test func `the greatest difference keeps its sign and its instant, and the mean square its root`() throws {
        let found = differences(
            [(0.1, [100, 7, 50, 60]), (0.2, [100, 7, 50, 60]), (0.3, [100, 7, 50, 60])],
            [(0.1, [103, 7, 50, 60]), (0.2, [96, 7, 50, 60]), (0.3, [100, 7, 50, 60])])
        let power = try #require(found["rack.power"])
        #expect(power.greatest == -4 && power.at == 0.2)
        #expect((power.rms - (25.0 / 3).squareRoot()).magnitude < 1e-9)
        let cap = try #require(found["tray-1.cap"])
        #expect(cap.greatest == 0 && cap.rms == 0)
    }

    @Test func `the hottest is compared with the hottest, whichever tray it is in`() throws {
        let found = differences([(0.1, [0, 0, 70, 60])], [(0.1, [0, 0, 60, 71])])
        #expect(found["rack.hottest"]?.greatest == 1)
        #expect(found["tray-1.temperature"]?.greatest == -10)
    }

    @Test func `what only one of the runs has, what has no value, and the start are left out`() {
        let found = differences(
            [(0.1, [0, .nan, 0, 0]), (0.2, [0, .nan, 0, 0]), (0.4, [0, .nan, 0, 0])],
            [
                (0.1, [9, 1, 0, 0]), (0.2, [1, 1, 0, 0]), (0.3, [9, 1, 0, 0]), (0.4, [2, 1, 0, 0]),
                (0.5, [9, 1, 0, 0]),
            ],
            from: 0.2)
        #expect(found["rack.power"]?.greatest == 2)
        #expect(found["rack.power"]?.at == 0.4)
        #expect(found["tray-1.cap"] == nil)
    }

    @Test func `what people ask about comes first, and of the trays the one that differs most`() {
        func difference(_ path: String, _ greatest: Double) -> SignalDifference {
            SignalDifference(path: path, unit: "", greatest: greatest, at: 1, rms: 0)
        }
        let comparison = WorldComparison(
            over: "tcp", digest: "", verdicts: [], from: 0,
            differences: [
                difference("bus.voltage", 1), difference("rack.power", 2), difference("shelf-1/psu-1.power", 900),
                difference("tray-1.power", 3), difference("tray-1.cap", 8), difference("tray-2.power", -5),
                difference("tray-2.cap", 7),
            ], series: [])
        #expect(
            comparison.headlines.map(\.difference.path) == ["rack.power", "bus.voltage", "tray-2.power", "tray-1.cap"])
        #expect(comparison.headlines.map(\.note) == ["", "", "most of 2 trays", "most of 2 trays"])
    }
}
