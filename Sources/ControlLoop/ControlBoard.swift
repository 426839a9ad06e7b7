internal import RackControl
internal import Synchronization
internal import Units

/// Where the control thread leaves what others may know. It never waits here: when somebody reads, it tries again in the
/// next cycle.
public final class ControlBoard: Sendable {
    private struct Content: Sendable {
        var status: ControlStatus
        var news: [ControlNews] = []
        var newsDropped = 0
        var outcome: ScanOutcome?
    }

    private let content: Mutex<Content>
    /// What is not fetched beyond this is dropped, the newest first. Arbitrary: every device of a large rack vanishing.
    static let newsLimit = 4096

    init(trays: Int, devices: Int) {
        var content = Content(status: ControlStatus(trays: trays, devices: devices))
        content.news.reserveCapacity(Self.newsLimit)
        self.content = Mutex(content)
    }

    /// The latest status.
    public var status: ControlStatus { content.withLock { $0.status.detached() } }

    /// How the loop ended; `nil` while it runs.
    public var outcome: ScanOutcome? { content.withLock { $0.outcome } }

    /// What has happened since the last call, in order, and how much of it was dropped because nobody asked.
    public func takeNews() -> (news: [ControlNews], dropped: Int) {
        content.withLock { content in
            let taken = (content.news.map { $0 }, content.newsDropped)
            content.news.removeAll(keepingCapacity: true)
            content.newsDropped = 0
            return taken
        }
    }

    // MARK: The control thread's side

    /// Takes the news over and lets `fill` renew the status, unless somebody reads; then nothing changes.
    func tryPublish(_ news: inout [ControlNews], fill: (inout ControlStatus) -> Void) {
        _ = content.withLockIfAvailable { content in
            Self.take(&news, into: &content)
            fill(&content.status)
        }
    }

    /// The last word, for which the thread waits.
    func publishFinally(
        _ outcome: ScanOutcome, _ news: inout [ControlNews], fill: (inout ControlStatus) -> Void
    ) {
        content.withLock { content in
            Self.take(&news, into: &content)
            fill(&content.status)
            content.outcome = outcome
        }
    }

    private static func take(_ news: inout [ControlNews], into content: inout Content) {
        for item in news {
            if content.news.count < newsLimit { content.news.append(item) } else { content.newsDropped += 1 }
        }
        news.removeAll(keepingCapacity: true)
    }
}
