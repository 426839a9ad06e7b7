internal import Scenario
internal import ScenarioFiles

/// The shipped scenarios as a page in Markdown: by group, each with what it shows, what to look at, and its variants.
enum ScenarioCatalogue {
    private static let head = """
        # The scenarios

        Written by `tools/busbar list --markdown >docs/scenarios.md`; a test compares the two. Run one with
        `tools/busbar run Scenarios/NAME.yaml`, draw it before with `tools/busbar explain`, and run a variant with
        `--variant NAME`. `tools/busbar prove Scenarios/*.yaml` runs all with all their variants and wants the verdicts below.

        """

    static func page(_ scenarios: [(name: String, heading: ScenarioHeading)]) -> String {
        var parts = [head]
        for group in ScenarioGroup.allCases.map(Optional.some) + [nil] {
            let own = scenarios.filter { $0.heading.group == group }
            if own.isEmpty { continue }
            parts.append("## \(group?.title ?? "Others")\n")
            parts += own.map { entry($0.name, $0.heading) }
        }
        return parts.joined(separator: "\n")
    }

    private static func entry(_ name: String, _ heading: ScenarioHeading) -> String {
        var lines = ["### [\(name)](../Scenarios/\(name).yaml)", "", heading.says, ""]
        if !heading.look.isEmpty { lines += ["Look at:", ""] + heading.look.map { "- \($0)" } + [""] }
        if !heading.variants.isEmpty { lines += ["Variants:", ""] }
        lines += heading.variants.map { variant in
            let verdict =
                variant.fails.isEmpty ? "holds" : "fails " + variant.fails.map { "`\($0)`" }.joined(separator: ", ")
            return "- `\(variant.name)`: \(variant.says.isEmpty ? verdict : "\(variant.says); \(verdict)")"
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
