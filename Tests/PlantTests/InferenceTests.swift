import Plant
import Testing

@Suite struct InferenceTests {
    private static let sample = BuiltInTraces.bursty()

    private func service(_ demand: Double, trays: Int = 2, requests: [InferenceRequest] = sample) -> RackPlant {
        RackPlant(
            Fixtures.plant(trays: Array(repeating: Fixtures.tray(), count: trays)),
            workloads: [(Array(0..<trays), .inference(.typical(requests: requests, demand: demand)))], seed: 1)
    }

    private func meanLoad(_ rack: RackPlant, seconds: Int) -> Double {
        var sum = 0.0
        var count = 0.0
        for _ in 0..<(seconds * 100) {
            rack.run(milliseconds: 10)
            for tray in 0..<rack.trayCount {
                sum += rack.trayLoad(tray)
                count += 1
            }
        }
        return sum / count
    }

    @Test(arguments: [0.3, 0.6, 0.8])
    func `the mean load is the demand`(demand: Double) {
        #expect(abs(meanLoad(service(demand), seconds: 1200) - demand) < 0.02)
    }

    @Test func `a changed demand changes the mean load`() {
        let rack = service(0.8)
        rack.run(seconds: 60)
        rack.setDemand(0.4)
        rack.run(seconds: 60)
        #expect(abs(meanLoad(rack, seconds: 900) - 0.4) < 0.03)
    }

    @Test func `at a demand of 90 per cent a tray moves between half load and full load within seconds`() {
        let rack = service(0.9, trays: 8)
        rack.run(seconds: 20)
        var low = 0
        var full = 0
        for _ in 0..<6000 {
            rack.run(milliseconds: 10)
            if rack.trayLoad(0) < 0.7 { low += 1 }
            if rack.trayLoad(0) > 0.99 { full += 1 }
        }
        #expect(low > 100)
        #expect(full > 2000)
    }

    @Test func `more demand than a tray can serve fills its queue and keeps it at full load`() {
        let rack = service(1, trays: 1)
        rack.setAcceleratorLimit(tray: 0, watts: 70 + 330 / 4)
        rack.run(seconds: 300)
        #expect(rack.inference.waiting >= 250 && rack.inference.waiting <= 256)
        #expect(rack.inference.refused > 0)
        #expect(rack.drained().contains(.requestsRefused(tray: 0)))
        #expect(meanLoad(rack, seconds: 60) > 0.85)
        #expect(rack.workDone / rack.workWanted < 0.65)
    }

    @Test func `one request is a prefill and then its decode`() {
        let request = InferenceRequest(arrival: 0, contextTokens: 16_000, generatedTokens: 125)
        let later = InferenceRequest(arrival: 1e6, contextTokens: 1, generatedTokens: 1)
        var configuration = InferenceConfiguration.typical(requests: [request, later], demand: 0.001)
        configuration.decodeLoad = 0.64
        let rack = Fixtures.oneTray(.inference(configuration))
        // A second of prefill, then 125 tokens at 4000 / 64 per second: two seconds at a 64th of the decode load.
        rack.run(milliseconds: 500)
        #expect(rack.trayLoad(0) == 1)
        rack.run(milliseconds: 1000)
        #expect(abs(rack.trayLoad(0) - 0.01) < 1e-9)
        #expect(rack.inference.decoding == 1)
        rack.run(milliseconds: 1600)
        #expect(rack.inference.completed == 1)
        #expect(rack.trayLoad(0) == 0)
    }

    @Test func `requests are refused while no tray runs`() {
        let rack = service(0.5, trays: 1)
        rack.setPower(tray: 0, on: false)
        rack.run(seconds: 10)
        #expect(rack.inference.refused > 10)
        #expect(rack.inference.accepted == 0)
    }

    @Test func `a trace without requests asks for nothing`() {
        let rack = service(0.5, requests: [])
        rack.run(seconds: 1)
        #expect(rack.trayLoad(0) == 0)
        #expect(rack.workWanted == 0)
    }

    @Test func `the built-in sample has the statistics of the conversation trace`() {
        let sample = InferenceTests.sample
        let count = Double(sample.count)
        let context = Double(sample.reduce(0) { $0 + $1.contextTokens }) / count
        let generated = Double(sample.reduce(0) { $0 + $1.generatedTokens }) / count
        // The original: 1155 and 211 tokens, 5.53 requests per second.
        #expect(abs(context - 1155) < 60)
        #expect(abs(generated - 211) < 15)
        #expect(abs(count / sample[sample.count - 1].arrival - 5.53) < 0.6)
        #expect(zip(sample, sample.dropFirst()).allSatisfy { $0.arrival <= $1.arrival })
        #expect(sample == BuiltInTraces.bursty())
    }

    @Test func `the built-in sample is more uneven than chance`() {
        let sample = InferenceTests.sample
        var counts = Array(repeating: 0.0, count: Int(sample[sample.count - 1].arrival / 10) + 1)
        for request in sample { counts[Int(request.arrival / 10)] += 1 }
        let mean = counts.reduce(0, +) / Double(counts.count)
        let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(counts.count)
        #expect(variance / mean > 4)
        #expect(variance / mean < 71)
    }
}
