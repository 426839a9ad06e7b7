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
}
