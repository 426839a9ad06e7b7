internal import RunRecords

/// The budget tree: limit, worst load and margin of every place that power flows through.
struct TreeSection {
    let tree: [BudgetNode]

    var html: HTML {
        guard !tree.isEmpty else { return .empty }
        let rows = tree.map { node -> HTML in
            let share = node.limit > 0 ? NumberText.fixed(100 * node.load / node.limit, decimals: 0) + " %" : "–"
            return """
                <tr class="\(node.margin < 0 ? "failed" : "held")"><td>\(String(repeating: "\u{2003}", count: node.depth))\(node.path)</td>\
                <td>\(node.kind.rawValue)</td><td class="number">\(watts(node.limit))</td><td class="number">\(watts(node.load))</td>\
                <td class="number">\(share)</td><td class="number">\(watts(node.margin))</td><td>\(node.timing)</td></tr>

                """
        }
        return """
            <section><details><summary>The budget as a tree</summary>
            <p class="says">What may flow for ever, the most that flowed, and for how long more may. Marked: more flowed than may for ever.</p>
            <div class="wide-table"><table><thead><tr><th>place</th><th>kind</th><th class="number">limit</th><th class="number">worst load</th>\
            <th class="number">used</th><th class="number">margin</th><th>beyond it</th></tr></thead>
            <tbody>\(rows)</tbody></table></div></details></section>

            """
    }

    private func watts(_ value: Double) -> String { NumberText.quantity(value, unit: "W") }
}
