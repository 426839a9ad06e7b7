internal import Foundation

/// One line on the error stream of a terminal that says how far a run has come; silent elsewhere.
struct ProgressBar {
    private static let width = 32

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
        let filled = min(Self.width, Int(share * Double(Self.width)))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
        write("\r\(title) \(bar) \(Int(share * 100)) %  \(note)\u{1B}[K")
    }

    func clear() {
        guard isVisible, lastShown >= 0 else { return }
        write("\r\u{1B}[K")
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
