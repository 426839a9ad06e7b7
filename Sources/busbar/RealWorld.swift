internal import ArgumentParser

/// How a run reaches the rack when it does so in real time.
enum RealWorld: String, ExpressibleByArgument, CaseIterable {
    /// Every bus on a TCP port, serial lines behind a gateway.
    case tcp
    /// Serial lines on pseudo-terminals, the others on TCP ports.
    case pty
}
