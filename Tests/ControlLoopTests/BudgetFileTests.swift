import ControlLoop
import Foundation
import Testing
import Units

@Suite struct BudgetFileTests {
    private func file(_ text: String?, fallback: Power? = nil) throws -> BudgetFile {
        let path = NSTemporaryDirectory() + "busbar-budget-\(UUID().uuidString)"
        if let text { try text.write(toFile: path, atomically: true, encoding: .utf8) }
        return BudgetFile(path: path, lease: .seconds(30), fallback: fallback) { text in
            Int64(text).map { .watts($0) }
        }
    }

    @Test func `a budget is read with the white space around it`() throws {
        let file = try file(" 27500\n")
        defer { try? FileManager.default.removeItem(atPath: file.path) }
        guard case .budget(let power, _, _) = file.look() else {
            Issue.record("no budget was found")
            return
        }
        #expect(power == .watts(27_500))
        #expect(file.current == .watts(27_500))
        #expect(file.expiresAt > .start)
        #expect(file.takeComplaints() == [])
    }

    @Test(arguments: ["much", "", "-5", "0"])
    func `what is no power is told with its place, once`(text: String) throws {
        let file = try file(text, fallback: .watts(20_000))
        defer { try? FileManager.default.removeItem(atPath: file.path) }
        #expect(file.look() == .malformed(content: text))
        file.look()
        #expect(
            file.takeComplaints() == ["\(file.path):1:1: expected a budget such as \"27.5 kW\", found \"\(text)\""])
        #expect(file.takeComplaints() == [])
        #expect(file.current == .watts(20_000))
        #expect(file.expiresAt == .start)
    }

    @Test func `a file that is not there is told with the system's reason`() throws {
        let file = try file(nil)
        #expect(file.look() == .unreadable(reason: "No such file or directory"))
        #expect(file.takeComplaints() == ["cannot read the budget in \(file.path): No such file or directory"])
    }
}
