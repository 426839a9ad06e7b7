import Foundation
import Testing

/// The names of flags stand twice: in the firmware, which has no texts, and beside the signals, for specs. They must agree.
@Suite struct FlagTests {
    private static let firmware = HouseTree.root.appending(path: "Sources/DeviceFirmware")
    private static let known = HouseTree.root.appending(path: "Sources/DeviceSpecs/Flags")

    private static func sources(_ folder: URL) throws -> [(name: String, text: String)] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        return try names.sorted().map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
    }

    /// `inputNotOK` is "input-not-ok", `forceACLoss` "force-ac-loss".
    private static func hyphenated(_ name: Substring) -> String {
        let letters = Array(name)
        return letters.indices.map { index in
            guard index > 0, letters[index].isUppercase else { return String(letters[index]) }
            let endsInitials = index + 1 < letters.count && letters[index + 1].isLowercase
            let begins = letters[index - 1].isLowercase || endsInitials
            return (begins ? "-" : "") + letters[index].lowercased()
        }.joined()
    }

    @Test func `every flag that a firmware names is known to specs at its bit`() throws {
        var count = 0
        let known = try Self.sources(Self.known)
        for (file, text) in try Self.sources(Self.firmware) where text.contains(": FlagSet {") {
            let room = file.split(separator: "/")[0]
            let table = try #require(
                known.first { $0.name == "\(room)Signal+Flags.swift" || $0.name == "\(room)+Flags.swift" },
                "no flags of \(room) in \(Self.known.path)")
            for match in text.matches(of: /static var (\w+): Self \{ bit\((\d+)\) \}/) {
                count += 1
                let (bit, name) = (String(match.output.2), Self.hyphenated(match.output.1))
                let isKnown = table.text.contains(try Regex("KnownFlag\\(\(bit), \"\(name)\"[,)]"))
                #expect(isKnown, "\(file): bit \(bit) is \(name); say so in \(table.name)")
            }
        }
        #expect(count > 150)
    }
}
