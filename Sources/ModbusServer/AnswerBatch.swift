internal import NIOCore

/// A connection with answers that are due.
protocol AnswerSending: AnyObject {
    func sendAnswers()
}

/// Lets answers go out at the end of a turn of the event loop, one behind the other.
///
/// When many clients ask at once, all their requests are read and served first. A client that waits for its answers is
/// then woken by the first and finds the others there when it gets to them; were every request read and answered by
/// itself, the client would fall asleep in between, and waking it anew costs more than serving the request.
final class AnswerBatch {
    private let loop: any EventLoop
    private var waiting: [any AnswerSending] = []

    init(on loop: any EventLoop) { self.loop = loop }

    /// Has the connection send its answers in this turn. To be called once before they are sent.
    func enlist(_ connection: any AnswerSending) {
        if waiting.isEmpty { loop.assumeIsolated().execute { self.sendAll() } }
        waiting.append(connection)
    }

    private func sendAll() {
        // Whoever sends may enlist others for the next turn.
        let due = waiting.count
        for index in 0..<due { waiting[index].sendAnswers() }
        if waiting.count == due {
            waiting.removeAll(keepingCapacity: true)
        } else {
            waiting.removeFirst(due)
            loop.assumeIsolated().execute { self.sendAll() }
        }
    }
}
