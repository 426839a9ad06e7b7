internal import ArgumentParser

/// `path=value` of `--set`.
struct Assignment: ExpressibleByArgument {
    var path: String
    var value: String

    init?(argument: String) {
        guard let sign = argument.firstIndex(of: "="), sign != argument.startIndex else { return nil }
        path = String(argument[..<sign])
        value = String(argument[argument.index(after: sign)...])
    }

    /// The same for an option, which says what it wants.
    static func parsed(_ argument: String) throws -> Assignment {
        if let assignment = Assignment(argument: argument) { return assignment }
        throw ValidationError("expected PATH=VALUE, such as demand=80% or controller.period=200ms")
    }
}
