internal import ArgumentParser
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
    let recorder: GrowingFiles
    /// Held for as long as these files are.
    private let claim: FolderClaim
    private let telemetry: TelemetryStore
    private let events: EventLog
    /// `nil` where nobody wants one.
    private let capture: (writer: PcapngWriter, path: String)?

    /// Makes the folder and opens the files. Called when the scenario has been found good, never before.
    ///
    /// `served` are the places where clients from outside meet the buses; their frames stand apart from those of the
    /// simulated lines, in the framing that crossed the socket.
    init(
        _ scenario: ScenarioDefinition, in path: String, seed: UInt64, capture choice: CaptureOptions? = nil,
        served: [CapturedBus] = []
    ) throws(ExitCode) {
        var current = path
        do {
            folder = try OutputFolder(path: path)
            claim = try FolderClaim(path)
            // The reports of an earlier run must not stand beside the telemetry of this one.
            try folder.removeReports()
            current = folder.path(of: "telemetry.sqlite")
            telemetry = try TelemetryStore(path: current)
            events = try EventLog(path: folder.path(of: "events.jsonl"))
            let standard = folder.path(of: "bus.pcapng")
            // Nor must the frames of an earlier run.
            if choice?.file != nil { unlink(standard) }
            let chosen = choice.map { $0.path(otherwise: standard) } ?? standard
            capture = try chosen.map { path throws(CaptureFailure) in
                let writer = try PcapngWriter(
                    path: path, buses: scenario.rack.buses.map(CapturedBus.init) + served,
                    application: "Busbar \(BusbarVersion.text)", comment: "\(scenario.name), seed \(seed)")
                return (writer, path)
            }
        } catch let exit as ExitCode {
            throw exit
        } catch {
            StandardStreams.error(Self.sentence(error, about: current))
            let isChosenCapture = error is CaptureFailure && choice?.file != nil
            StandardStreams.error(
                "nothing was run; choose another \(isChosenCapture ? "file with --capture" : "folder with --out")")
            throw ExitStatus.inputOutput
        }
        recorder = GrowingFiles(
            [telemetry, events] + (capture.map { [$0.writer] } ?? []),
            flush: { [events, capture] in
                events.flush()
                capture?.writer.flush()
            }, flushRest: telemetry.flush)
    }

    /// What a program that ends at once leaves.
    var parting: String { "no report was written; \(folder.path(of: "events.jsonl")) has what happened so far" }

    /// Closes the growing files and writes the reports. One that fails does not keep the others from being written;
    /// returns what went wrong, a sentence each.
    func finish(with result: RunResult) -> [String] {
        let steps: [(path: String, finish: () throws -> Void)] = [
            (capture?.path ?? "", { try capture?.writer.finish() }),
            (folder.path(of: "events.jsonl"), events.finish),
            (folder.path(of: "telemetry.sqlite"), { try telemetry.finish(result) }),
            (folder.path(of: "result.json"), { try folder.writeResult(of: result) }),
            (folder.path(of: "junit.xml"), { try folder.writeJUnit(of: result) }),
            (folder.path(of: "report.html"), { try folder.writeReport(of: result) }),
        ]
        return steps.compactMap { step in
            do {
                try recorder.alone(step.finish)
                return nil
            } catch {
                return Self.sentence(error, about: step.path)
            }
        }
    }

    /// Our own failures name the file themselves; those of others only say why.
    private static func sentence(_ error: any Error, about path: String) -> String {
        switch error {
        case is OutputFailure, is CaptureFailure: "\(error)"
        default: "cannot write \(path): \(error.localizedDescription)"
        }
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
