internal import Capture
internal import DeviceSpecs
internal import Foundation
internal import Reports
internal import RunRecords
internal import RunStore
internal import Scenario

/// The files of a run that grow while it goes on, and the reports at its end.
struct RunFiles {
    let folder: OutputFolder
    let recorder: RecorderGroup
    private let telemetry: TelemetryStore
    private let events: EventLog
    private let capture: PcapngWriter

    /// Makes the folder and opens the files. Called when the scenario has been found good, never before.
    ///
    /// `served` are the places where clients from outside meet the buses; their frames stand apart from those of the
    /// simulated lines, in the framing that crossed the socket.
    init(_ scenario: ScenarioDefinition, in path: String, seed: UInt64, served: [CapturedBus] = []) throws {
        do {
            folder = try OutputFolder(path: path)
            telemetry = try TelemetryStore(path: folder.path(of: "telemetry.sqlite"))
            events = try EventLog(path: folder.path(of: "events.jsonl"))
            capture = try PcapngWriter(
                path: folder.path(of: "bus.pcapng"), buses: scenario.rack.buses.map(CapturedBus.init) + served,
                application: "Busbar \(BusbarVersion.text)", comment: "\(scenario.name), seed \(seed)")
        } catch {
            throw Self.reported(error)
        }
        recorder = RecorderGroup([telemetry, events, capture])
    }

    /// Closes the growing files and writes the reports.
    func finish(with result: RunResult) throws {
        do {
            try capture.finish()
            try events.finish()
            try telemetry.finish(result)
            try folder.writeReports(of: result)
        } catch {
            throw Self.reported(error)
        }
    }

    private static func reported(_ error: any Error) -> any Error {
        StandardStreams.error("\(error)")
        return ExitStatus.inputOutput
    }
}

extension CapturedBus {
    init(_ bus: BusDefinition) {
        switch bus.medium {
        case .rtu(let baud, let parity):
            self.init(name: bus.name, framing: .rtu, details: "rtu \(baud), parity \(parity.rawValue)")
        case .tcp: self.init(name: bus.name, framing: .tcp, details: "tcp")
        }
    }
}
