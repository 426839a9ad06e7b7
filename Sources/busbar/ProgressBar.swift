internal import Foundation

/// One line on the error stream of a terminal that says how far a run has come; silent elsewhere.
struct ProgressBar {
    let title: String
    let isVisible: Bool
    private var lastShown = -1

    init(title: String, isVisible: Bool) {
        self.title = title
        self.isVisible = isVisible
    }

    /// `share` is 0...1; `note` a few words such as "480 x real time".
    mutating func show(_ share: Double, note: String) {
        let perMille = Int(share * 1000)
        guard isVisible, perMille != lastShown else { return }
        lastShown = perMille
        StandardStreams.write(toErrorStream: "\r\(line(share, note: note))\u{1B}[K")
    }

    func clear() {
        guard isVisible, lastShown >= 0 else { return }
        StandardStreams.write(toErrorStream: "\r\u{1B}[K")
    }

    /// As much as fits into one line of the terminal: one that wraps could not be drawn over.
    private func line(_ share: Double, note: String) -> String {
        let room = (StandardStreams.columns(of: .standardError) ?? 80) - 1
        let percent = "\(Int(share * 100)) %"
        for width in [32, 16] {
            let filled = min(width, Int(share * Double(width)))
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
            for line in ["\(title) \(bar) \(percent)  \(note)", "\(bar) \(percent)  \(note)"] where line.count <= room {
                return line
            }
        }
        return String(percent.prefix(max(0, room)))
    }
}
