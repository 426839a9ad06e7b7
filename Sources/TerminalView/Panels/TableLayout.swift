/// A column of a table.
struct TableColumn {
    var title: String
    var width: Int
    var isLeft = false
    /// The higher, the sooner it is left out where there is no room; 0 stays.
    var rank = 0
    /// Takes what the others leave, up to so much.
    var stretch = 0
}

/// Where the columns of a table stand, of those that find room.
struct TableLayout {
    struct Place {
        var column: Int
        var width: Int
    }

    /// By column; `nil` for one that is left out.
    private(set) var places: [Place?]

    init(_ columns: [TableColumn], width: Int) {
        var shown = Set(columns.indices)
        func needed() -> Int { shown.reduce(0) { $0 + columns[$1].width + 1 } - 1 }
        while needed() > width, let victim = shown.max(by: { columns[$0].rank < columns[$1].rank }),
            columns[victim].rank > 0
        {
            shown.remove(victim)
        }
        var spare = max(0, width - needed())
        places = Array(repeating: nil, count: columns.count)
        var next = 0
        for index in columns.indices where shown.contains(index) {
            let more = min(spare, columns[index].stretch)
            spare -= more
            places[index] = Place(column: next, width: columns[index].width + more)
            next += columns[index].width + more + 1
        }
    }
}
