internal import Yams

/// Gathers the mistakes of one file while it is read.
public final class ProblemLog {
    public let file: String
    public private(set) var problems: [Problem] = []

    public init(file: String) { self.file = file }

    public func add(line: Int, column: Int, _ text: String) {
        problems.append(Problem(file: file, line: line, column: column, text: text))
    }

    /// Logs a mistake in something that did not come from the file: `--set controller.period=200ms`.
    public func add(origin: String, _ text: String) {
        problems.append(Problem(file: origin, line: 0, column: 0, text: text))
    }
}

/// The root of a YAML text. Reading goes on after a mistake, so that all of them are reported in one pass.
public enum YAMLFile {
    /// The root value, or `nil` with the syntax error logged. Of a key that stands twice in one mapping, which is logged,
    /// the last is there.
    public static func root(of text: String, log: ProblemLog) -> YAMLValue? {
        var repeated = RepeatedKeys(text)
        while true {
            do {
                guard let node = try Yams.compose(yaml: repeated.text) else {
                    log.add(line: 1, column: 1, "expected a mapping, found an empty file")
                    return nil
                }
                if let mark = AliasUnfolding.excess(in: node, of: text) {
                    log.add(
                        line: mark.line, column: mark.column,
                        "expected at most \(AliasUnfolding.limit) values from aliases (*name), found more; write out what "
                            + "is meant, without aliases of aliases")
                    return nil
                }
                return YAMLValue(node: repeated.removed(from: node), log: log)
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                // One at a time: the mark is the first one's.
                if let key = keys.first, repeated.setAside(key, at: context.mark) {
                    reportRepeated([key], at: context.mark, in: log)
                    continue
                }
                reportRepeated(keys, at: context.mark, in: log)
                return nil
            } catch let error as YamlError {
                report(error, in: log)
                return nil
            } catch {
                log.add(line: 0, column: 0, "not readable as YAML: \(error)")
                return nil
            }
        }
    }

    private static func reportRepeated(_ keys: [String], at mark: Mark, in log: ProblemLog) {
        for key in keys {
            log.add(line: mark.line, column: mark.column, "the key \"\(key)\" stands twice in one mapping")
        }
    }

    private static func report(_ error: YamlError, in log: ProblemLog) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            log.add(line: mark.line, column: mark.column, "not valid YAML: \(problem)")
        default:
            log.add(line: 1, column: 1, "not readable as YAML: \(error)")
        }
    }
}
