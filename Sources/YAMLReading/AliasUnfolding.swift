internal import Yams

/// How many values a text's aliases make of it. Seven short lines, each with ten aliases of the one before, are ten million
/// values: read one by one they would keep the program for hours.
enum AliasUnfolding {
    /// Values beyond those of the text itself; arbitrary, a large rack written out has some thousand.
    static let limit = 100_000
    /// A text without aliases has at most three values for two characters: `a:` is a mapping, a key and nothing.
    private static let valuesPerByte = 2

    /// Where in the root the bound is passed; `nil` when it is not.
    static func excess(in root: Node, of text: String) -> Mark? {
        var left = text.utf8.count * valuesPerByte + limit
        switch root {
        case .mapping(let mapping):
            for (key, value) in mapping {
                spend(&left, on: key)
                spend(&left, on: value)
                if left < 0 { return key.mark ?? root.mark }
            }
        case .sequence(let sequence):
            for item in sequence {
                spend(&left, on: item)
                if left < 0 { return item.mark ?? root.mark }
            }
        default: break
        }
        return nil
    }

    private static func spend(_ left: inout Int, on node: Node) {
        left -= 1
        guard left >= 0 else { return }
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping where left >= 0 {
                spend(&left, on: key)
                spend(&left, on: value)
            }
        case .sequence(let sequence):
            for item in sequence where left >= 0 { spend(&left, on: item) }
        default: break
        }
    }
}
