internal import ArgumentParser
internal import CAllocationCount
internal import Foundation
internal import ModbusMaster
internal import ModbusWire
internal import RackControl
internal import RegisterMaps
internal import Units

struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "How long a scan of many TCP channels takes: one request each, all at once, until all have answered.")

    @Argument(help: "tcp:HOST:PORT.")
    var endpoint: EndpointText

    @Option(help: "Channels, each with a connection of its own.")
    var channels = 64

    @Option(help: "Registers per request.")
    var registers: UInt16 = 60

    @Option(help: "Scans that are measured, after a tenth as many to warm up.")
    var rounds = 1000

    @Option(help: "Unit identifier.")
    var unit: UInt8 = 1

    func run() throws {
        let pool = try MasterPool([MasterEndpoint](repeating: endpoint.endpoint, count: channels))
        pool.start()
        var words = RegisterBlock()
        for _ in 0..<max(1, rounds / 10) { try scan(pool, &words) }
        var durations = [Int64](repeating: 0, count: rounds)
        let before = busbar_allocation_count()
        for round in 0..<rounds {
            let start = Interrogation.now
            try scan(pool, &words)
            durations[round] = (Interrogation.now - start).nanoseconds
        }
        let allocated = busbar_allocation_count() - before
        pool.stop()
        durations.sort()
        let median = Double(durations[rounds / 2]) / 1000
        let high = Double(durations[rounds * 99 / 100]) / 1000
        print(
            String(
                format: "busbar: median %.1f us, p99 %.1f us per scan of %d; %llu allocations in %d transactions",
                median,
                high, channels, allocated, rounds * channels))
    }

    private func scan(_ pool: MasterPool, _ words: inout RegisterBlock) throws {
        let request = BusRequest.readRegisters(table: .holdingRegisters, address: 0, count: registers)
        let transaction = Interrogation.transaction(request, unit: unit, timeout: .seconds(2))
        for channel in 0..<channels { pool.submit(transaction, to: channel) }
        var missing = channels
        while missing > 0 {
            _ = pool.wait(until: .never)
            while let completion = pool.nextCompletion(registers: &words) {
                missing -= 1
                guard case .registers = completion.reply else {
                    let error = pool.health(of: completion.channel).lastError
                    throw ValidationError("channel \(completion.channel): \(completion.reply); \(error)")
                }
            }
        }
    }
}
