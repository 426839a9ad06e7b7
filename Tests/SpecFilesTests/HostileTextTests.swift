import Foundation
import SpecFiles
import Testing
import YAMLReading

/// Nothing that stands in a file may trap, and a spec without problems is a spec.
@Suite struct HostileTextTests {
    static let sample = MistakeTests.spec(
        "{name: a, at: 1, type: s32, word-order: low-first, scale: 1/3 W, access: rw, range: [-9 W, 9 W], default: -1 W}",
        "{name: b, at: 4, type: u16, scale: 0.1 K, offset: -273.15 degC, access: rw, default: 20 degC}",
        "{name: d, at: 8, type: flags, words: 4, bits: {63: top, 0: low}, default: [top], access: wo}",
        "{name: \"f-{n}\", at: 20, type: u64, scale: 5 us, repeat: {count: 3, stride: 4}, says: \"no {n}\"}",
        "{name: g, at: 40, type: text, words: 4, default: ABC}", more: "probe: {point: g, expects: ABC}")

    static let map = ForeignMapTests.rackmon(
        """
        {"begin": 1, "length": 1, "name": "T", "format": "FLOAT", "precision": 7, "scale": 0.1, "shift": -273.15},
        {"begin": 65530, "length": 3, "name": "S", "format": "INTEGER", "sign": true},
        {"begin": 65534, "length": 2, "name": "F", "format": "FLAGS", "flags": [[0, "A"], [31, "B"]]},
        {"begin": 9, "length": 4, "name": "N", "format": "STRING"}
        """, more: " \"special_handlers\": [{\"reg\": 300, \"len\": 2}],")

    /// What a slip of the hand or of a disk puts in place of one character.
    static let replacements = ["", "\n", "9", "-", "{", "\"", "\u{0}", "99999999999999999999", "é"]

    @Test(arguments: replacements) func `a spec with one character replaced is read or refused, never trapped`(
        replacement: String
    ) {
        for text in Self.mutations(of: Self.sample, with: replacement) {
            let (specification, problems) = SpecFile.load(text: text, file: "x.yaml")
            #expect((specification == nil) == !problems.isEmpty)
            if let specification {
                let again = SpecFile.load(text: SpecFile.text(of: specification), file: "again.yaml").1
                #expect(again.isEmpty, "\(again) from \(text)")
            }
        }
    }

    @Test(arguments: replacements) func `a foreign map with one character replaced is read or refused, never trapped`(
        replacement: String
    ) {
        for text in Self.mutations(of: Self.map, with: replacement) {
            let (imported, problems) = SpecImport.read(text: text, file: "m.json")
            #expect((imported == nil) == !problems.isEmpty)
            if let imported {
                let again = SpecFile.load(text: SpecFile.text(of: imported.specification), file: "again.yaml").1
                #expect(again.isEmpty, "\(again) from \(text)")
            }
        }
    }

    @Test func `a spec cut off anywhere is refused or read`() {
        for length in 0..<Self.sample.count {
            let (specification, problems) = SpecFile.load(text: String(Self.sample.prefix(length)), file: "x.yaml")
            #expect((specification == nil) == !problems.isEmpty)
        }
    }

    private static func mutations(of text: String, with replacement: String) -> some Sequence<String> {
        text.indices.lazy.map { index in
            String(text[..<index]) + replacement + String(text[text.index(after: index)...])
        }
    }
}
