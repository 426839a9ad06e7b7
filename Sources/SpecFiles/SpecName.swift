/// The rule for names in specs: lower-case words and numbers joined by hyphens.
enum SpecName {
    static let rule = "lower-case words joined by hyphens such as \"input-voltage\""

    static func isValid(_ name: some StringProtocol) -> Bool {
        guard !name.isEmpty, !name.hasPrefix("-"), !name.hasSuffix("-"), !name.contains("--") else { return false }
        return name.utf8.allSatisfy { isWordCharacter($0) || $0 == UInt8(ascii: "-") }
    }

    /// The nearest valid name to one from elsewhere: "PSU_Temp0_Inlet" is "psu-temp0-inlet".
    static func adapted(_ foreign: String) -> String {
        var words: [String] = []
        var word = ""
        for byte in foreign.lowercased().utf8 {
            if isWordCharacter(byte) {
                word.unicodeScalars.append(Unicode.Scalar(byte))
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words.isEmpty ? "unnamed" : words.joined(separator: "-")
    }

    /// `name`, or `name-2`, `name-3` … when it is taken; the result is remembered as taken.
    static func unique(_ name: String, among taken: inout Set<String>) -> String {
        var candidate = name
        var number = 2
        while !taken.insert(candidate).inserted {
            candidate = "\(name)-\(number)"
            number += 1
        }
        return candidate
    }

    private static func isWordCharacter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
