internal import ArgumentParser
internal import ControlLoop
internal import Foundation
internal import ModbusMaster
internal import Units

/// The places of all devices of a rack, for one controller of this machine alone: taken at once, or waited for.
///
/// A standby touches nothing while it waits: on a serial line it could not even listen without being a second talker. What it
/// watches is the other one's claim, which the kernel ends with its process, after the last of its threads. From then on that
/// one puts nothing on any line; the standby waits in silence for what is still under way, and begins as a controller does
/// that knows nothing but its configuration.
struct RackClaim {
    /// `nil` where none can be made, or none is wanted: a dry run on TCP.
    private let claims: PlaceClaims?
    /// Why there is none, for a person.
    let refusal: String?
    /// Who had the rack before; `nil` for a controller that found it free.
    let former: String?

    /// Between two looks at a claim that is waited for. A fortieth of the time after which devices fall back by themselves;
    /// arbitrary.
    private static let interval = 0.05

    /// A dry run writes nothing, and may look at TCP devices beside another controller; on a serial line it would talk into its
    /// frames.
    init(_ plan: ControlPlan, isDryRun: Bool) throws(ExitCode) {
        let wanted = plan.channels.map(\.endpoint).filter { !isDryRun || $0.isSerial }
        former = nil
        switch PlaceClaims.claim(wanted, folder: Self.folder) {
        case .claimed(let claims): (self.claims, refusal) = (claims, nil)
        case .held(let conflicts):
            for line in ClaimText(conflicts, endpoints: wanted).refusals { StandardStreams.error(line) }
            throw ExitStatus.inputOutput
        case .unavailable(let path, let error):
            claims = nil
            refusal =
                "a claim on the rack's places (\(path): \(String(cString: strerror(error)))); let nobody start a second "
                + "controller on this rack"
        }
    }

    private init(_ claims: PlaceClaims, former: String?) {
        (self.claims, refusal, self.former) = (claims, nil, former)
    }

    /// Waits until nobody else has the rack; `nil` when the flag is raised before.
    static func awaited(_ plan: ControlPlan, until flag: InterruptFlag) throws(ExitCode) -> RackClaim? {
        let wanted = plan.channels.map(\.endpoint)
        var holders: [PlaceHolder] = []
        var former: String?
        var isStopped = false
        while !flag.isRaised {
            switch PlaceClaims.claim(wanted, folder: folder) {
            case .claimed(let claims):
                guard let former else {
                    StandardStreams.error("standby: nobody has the rack; begins at once")
                    return RackClaim(claims, former: nil)
                }
                StandardStreams.error("standby: takes over from \(former)")
                Thread.sleep(forTimeInterval: Double(plan.silenceAtTakeOver.milliseconds) / 1000)
                return RackClaim(claims, former: former)
            case .held(let conflicts):
                // One that ends just now is nobody any more.
                let present = conflicts.map(\.holder).filter { $0.process > 0 }
                if !present.isEmpty, present != holders {
                    let text = ClaimText(conflicts, endpoints: wanted)
                    for line in text.waits { StandardStreams.error(line) }
                    (holders, former, isStopped) = (present, text.names, false)
                }
                warn(of: present, &isStopped)
                former = former ?? "another controller"
            case .unavailable(let path, let error):
                StandardStreams.error(
                    "\(path): a standby cannot tell whether another controller has the rack: "
                        + "\(String(cString: strerror(error))); make the folder writable, or name one in BUSBAR_CLAIMS")
                throw ExitStatus.inputOutput
            }
            Thread.sleep(forTimeInterval: interval)
        }
        return nil
    }

    /// A controller that stands still may go on at any moment: its place is not taken, and a person must know.
    private static func warn(of holders: [PlaceHolder], _ wasStopped: inout Bool) {
        let stopped = holders.first { $0.isStopped }
        if let stopped, !wasStopped {
            StandardStreams.error(
                "standby: process \(stopped.process) stands still and has the rack all the same: its devices fall back by "
                    + "themselves; let it go on, or end it with kill -9 \(stopped.process)")
        }
        wasStopped = stopped != nil
    }

    private static var folder: String? { ProcessInfo.processInfo.environment["BUSBAR_CLAIMS"] }
}
