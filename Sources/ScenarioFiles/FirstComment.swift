/// The first line of a file when it is a comment: what the file shows, for lists and reports.
func firstComment(of text: String) -> String {
    guard let line = text.split(separator: "\n", omittingEmptySubsequences: false).first, line.hasPrefix("#") else {
        return ""
    }
    return String(line.drop { $0 == "#" || $0 == " " }).trimmedAtEnd
}

extension String {
    var trimmedAtEnd: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
