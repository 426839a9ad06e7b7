/// Words that may not stand in some rooms, and what takes their place.
struct BannedWord: Sendable {
    /// The words and marks in their order, as `CodeToken` splits them: `random(` is ["random", "("].
    var words: [String]
    /// Not a breach when this follows.
    var unlessFollowedBy: String?
    /// Only without a space in between: `try!` is banned, `try !isLate()` is not.
    var isJoined: Bool
    var instead: String

    init(_ words: String..., unlessFollowedBy: String? = nil, isJoined: Bool = false, instead: String) {
        self.words = words
        self.unlessFollowedBy = unlessFollowedBy
        self.isJoined = isJoined
        self.instead = instead
    }

    func stands(in code: SwiftCode, at index: Int) -> Bool {
        guard code.stands(words, at: index), !isJoined || code.areJoined(index..<index + words.count) else {
            return false
        }
        return unlessFollowedBy.map { code.text(at: index + words.count) != $0 } ?? true
    }
}

extension BannedWord {
    private static func each(_ names: String..., instead: String) -> [BannedWord] {
        names.map { BannedWord($0, instead: instead) }
    }

    /// Integers only: floor 0 and the controller, so that host, MCU and every platform agree bit for bit.
    static let floatingPoint = each(
        "Double", "Float", "Float16", "Float32", "Float64",
        instead: "a quantity of Units, or fixed point over Int64 (docs/decisions/0001)")

    /// Floor 0 also runs on a microcontroller.
    static let floorZero =
        floatingPoint
        + each(
            "String", "Array", "Dictionary", "Set", "ContiguousArray", "ArraySlice", "Substring",
            instead: "fixed storage (InlineArray, tuples, integers) or a view (Span); names and lists live one floor up"
        )
        + each("class", "actor", "AnyObject", "weak", instead: "a struct with mutating functions: floor 0 has no heap")
        + each("async", "await", "Task", instead: "a step function: time and input come in, an action comes out")
        + each(
            "any", "Any", instead: "a generic parameter or an enum with payloads: Embedded Swift has no existentials")
        + each("Codable", "Encodable", "Decodable", "Mirror", instead: "conversions one floor up")
        + each("print", "debugPrint", instead: "return a value; somebody above prints it")
        + [
            BannedWord(
                "fatalError", instead: "an action or an error value for what input can cause, precondition for the rest"
            ),
            BannedWord("throws", unlessFollowedBy: "(", instead: "typed throws: throws(FrameError)"),
        ]

    /// The deterministic world: one thread, no clock, no files, no chance but seeded streams that are handed in.
    static let floorOne =
        each(
            "Foundation", "FileManager", "FileHandle", "ProcessInfo", "print", "debugPrint", "getenv",
            instead: "a value handed in or handed out; an edge of floor 2 reads and writes")
        + each(
            "Date", "ContinuousClock", "SuspendingClock", "DispatchTime", "clock_gettime",
            instead: "the Instant that comes in as an argument")
        + each(
            "async", "await", "Task", "actor", "Thread", "DispatchQueue", "Mutex", "Atomic",
            instead: "one thread: a step function that its caller drives")
        + [
            BannedWord("random", "(", instead: "the named stream of the seed that is handed in"),
            BannedWord(".", "random", instead: "the named stream of the seed that is handed in"),
        ]
        + each(
            "shuffled", "shuffle", "randomElement", "SystemRandomNumberGenerator",
            instead: "the named stream of the seed that is handed in")
        + each(
            "hashValue", "Hasher", "ObjectIdentifier",
            instead: "a key of its own, such as an index: hashes and addresses differ from process to process")
        + ["exp", "exp2", "pow", "log2", "log10", "sin", "cos", "tan", "tanh", "atan", "fma"].map {
            BannedWord($0, "(", instead: "a table of curve points: only + - * / and square root agree on every machine")
        }
        + [
            BannedWord(
                ".", "addingProduct", instead: "a * b + c as two operations, as everywhere else (docs/decisions/0004)"),
            BannedWord("nonisolated", "(", "unsafe", instead: "state that its owner hands in; no global variables"),
        ]

    static let everywhere = [
        BannedWord("try", "!", isJoined: true, instead: "do and catch, or a precondition that says why it cannot fail"),
        BannedWord("XCTest", instead: "Swift Testing: import Testing"),
    ]

    /// No test waits for the wall clock or judges by it.
    static let tests =
        each(
            "sleep", "usleep", "nanosleep", instead: "step the machine to the instant that matters: time is an argument"
        )
        + each(
            "ContinuousClock", "SuspendingClock", "DispatchTime",
            instead: "a figure of tools/bench: a test never judges how long something took")
        + everywhere
}
