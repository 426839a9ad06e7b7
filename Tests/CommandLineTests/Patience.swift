import Foundation
import Testing

/// Waiting for what another process does in its own time.
enum Patience {
    /// Until something is there, for a minute at most.
    static func wait(until isThere: () throws -> Bool) throws {
        for _ in 0..<1200 {
            if try isThere() { return }
            poll(nil, 0, 50)
        }
        Issue.record("it did not come within a minute")
    }
}
