public import RunRecords

/// `junit.xml`: one test case per expectation and per check, for the build servers that read this form. Its elements are
/// those of the schema that Jenkins publishes (jenkins-junit.xsd).
public enum JUnitFile {
    public static func xml(for result: RunResult) -> String {
        let outcomes = result.outcomes.map { outcome -> HTML in
            let name = "\(outcome.kind) \(outcome.text)"
            let margin =
                "margin \(NumberText.quantity(outcome.margin, unit: outcome.marginUnit)) at \(NumberText.seconds(outcome.marginAt)) s"
            switch outcome.verdict {
            case .held:
                return testCase(result, group: "expectations", name: name, failure: nil, output: outcome.explanation)
            case .undecided: return skipped(result, name: name, reason: outcome.explanation)
            case .failed:
                return testCase(
                    result, group: "expectations", name: name,
                    failure: (outcome.verdict.rawValue, outcome.explanation), output: margin)
            }
        }
        let checks = result.checks.map { check in
            testCase(
                result, group: "checks", name: check.name, failure: check.held ? nil : ("failed", check.explanation),
                output: check.explanation)
        }
        let failures = result.outcomes.count { $0.verdict == .failed } + result.checks.count { !$0.held }
        let total = result.outcomes.count + result.checks.count
        let undecided = result.outcomes.count { $0.verdict == .undecided }
        let counts: HTML = "tests=\"\(total)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(undecided)\""
        let document: HTML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="busbar" \(counts) time="\(time(result.wallSeconds))">
            <testsuite name="\(result.scenario)" \(counts) time="\(time(result.wallSeconds))">
            <properties>
            <property name="version" value="\(result.version)"/>
            <property name="seed" value="\(result.seed)"/>
            <property name="digest" value="\(result.digest)"/>
            <property name="simulated-seconds" value="\(time(result.reached))"/>
            <property name="interrupted" value="\(String(result.interrupted))"/>
            </properties>
            \(outcomes)\(checks)</testsuite>
            </testsuites>

            """
        return document.markup
    }

    private static func testCase(
        _ result: RunResult, group: String, name: String, failure: (type: String, message: String)?, output: String
    ) -> HTML {
        let body: HTML =
            if let failure {
                "<failure type=\"\(failure.type)\" message=\"\(failure.message)\">\(output)</failure>"
            } else {
                "<system-out>\(output)</system-out>"
            }
        return "<testcase classname=\"\(result.scenario).\(group)\" name=\"\(name)\" time=\"0\">\(body)</testcase>\n"
    }

    /// What the run did not reach is no failure.
    private static func skipped(_ result: RunResult, name: String, reason: String) -> HTML {
        "<testcase classname=\"\(result.scenario).expectations\" name=\"\(name)\" time=\"0\"><skipped message=\"\(reason)\"/></testcase>\n"
    }

    /// Digits and a point: the thin spaces of numbers for people are no numbers to a build server.
    private static func time(_ seconds: Double) -> String {
        seconds.isFinite ? String((seconds * 1_000).rounded() / 1_000) : "0"
    }
}
