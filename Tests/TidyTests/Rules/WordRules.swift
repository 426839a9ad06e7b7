/// Banned words per floor.
enum WordRules {
    /// The words that may not stand in a room.
    static func words(for room: Room) -> [BannedWord] {
        switch room.floor {
        case 0: BannedWord.floorZero + BannedWord.floorOne + BannedWord.everywhere
        case 1 where room.name == "RackControl":
            BannedWord.floorOne + BannedWord.floatingPoint + BannedWord.everywhere
        case 1: BannedWord.floorOne + BannedWord.everywhere
        default: BannedWord.everywhere
        }
    }

    static func violations(in code: SwiftCode, rooms: [Room] = House.rooms) -> [Violation] {
        guard let room = rooms.first(where: { $0.name == code.room }) else { return [] }
        let hashed = room.floor == 1 ? unorderedCollections(in: code) : []
        return violations(of: words(for: room), in: code, place: "\(room.name) (floor \(room.floor))") + hashed
    }

    static func violations(inTest code: SwiftCode) -> [Violation] {
        violations(of: BannedWord.tests, in: code, place: "a test")
    }

    private static func violations(of banned: [BannedWord], in code: SwiftCode, place: String) -> [Violation] {
        var found: [Violation] = []
        var reported: Set<String> = []
        for index in code.tokens.indices {
            // The names of members that are called on something are that type's business: `log.add`, `curve.exp(…)`.
            for word in banned where word.stands(in: code, at: index) && !isMember(word, in: code, at: index) {
                let line = code.tokens[index].line
                let text = word.words.joined()
                // One offence, one message: a word that two floors ban, or two words with one remedy in one line.
                let isNewWord = reported.insert("\(line) \(text)").inserted
                guard reported.insert("\(line) \(word.instead)").inserted, isNewWord else { continue }
                found.append(Violation(code.path, line: line, "\"\(text)\" in \(place)", instead: word.instead))
            }
        }
        return found
    }

    /// A call such as `history.log(` is no call of the function `log`; a type or a keyword is what it is anywhere.
    private static func isMember(_ word: BannedWord, in code: SwiftCode, at index: Int) -> Bool {
        word.words.count == 2 && word.words[1] == "(" && code.text(at: index - 1) == "."
    }

    /// Sets and dictionaries iterate in another order in each process. One that is only looked up in says so in a
    /// comment with the words "never iterated", in its line or the line above.
    private static func unorderedCollections(in code: SwiftCode) -> [Violation] {
        let lines = code.file.lines
        var reported: Set<Int> = []
        return code.tokens.indices.compactMap { index in
            let line = code.tokens[index].line
            guard namesUnorderedCollection(code, at: index), reported.insert(line).inserted else { return nil }
            let nearby = lines[max(0, line - 2)...(line - 1)]
            guard !nearby.contains(where: { $0.contains("never iterated") }) else { return nil }
            return Violation(
                code.path, line: line, "a Set or Dictionary on floor 1, whose order differs from process to process",
                instead: "a (sorted) array; if it is only looked up in, say \"never iterated: …\" in a comment there")
        }
    }

    private static func namesUnorderedCollection(_ code: SwiftCode, at index: Int) -> Bool {
        let text = code.text(at: index)
        if text == "Set" || text == "Dictionary" { return ["<", "("].contains(code.text(at: index + 1)) }
        guard text == "[" else { return false }
        if code.stands(["[", ":", "]"], at: index) { return true }
        return isDictionaryType(code, opening: index)
    }

    /// `[Key: Value]` with two type names; `[0: name]` and `[first: 1]` are not taken for one.
    private static func isDictionaryType(_ code: SwiftCode, opening index: Int) -> Bool {
        guard code.tokens.indices.contains(index + 1), code.tokens[index + 1].isCapitalised else { return false }
        var at = index + 1
        while at < code.tokens.count, code.text(at: at) != "]", code.text(at: at) != "," {
            if code.text(at: at) == ":" { return code.tokens[min(at + 1, code.tokens.count - 1)].isCapitalised }
            if ["(", "[", "{"].contains(code.text(at: at)) { return false }
            at += 1
        }
        return false
    }
}
