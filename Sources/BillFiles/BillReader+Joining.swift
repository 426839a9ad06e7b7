import Delivery
import DeviceSpecs
import Scenario
import YAMLReading

extension BillReader {
    /// Joins the lines with each other and with the rack: counts, components, and what is missing.
    func join(_ lines: [Line], bill: YAMLMapping) -> [BillPart] {
        var parts = lines.map { line in
            BillPart(
                name: line.name, says: line.says,
                countPerRack: stock?.type(line.name)?.devices.count ?? line.countPerRack ?? 0,
                sources: line.sources)
        }
        joinAssemblies(lines, &parts)
        for (index, line) in lines.enumerated() where stock?.type(line.name) == nil {
            checkUse(line, parts[index], lines)
        }
        reportMissing(lines, bill)
        return parts
    }

    private func joinAssemblies(_ lines: [Line], _ parts: inout [BillPart]) {
        for (whole, line) in lines.enumerated() {
            guard let assembly = line.assembly else { continue }
            var components: [(part: Int, count: Int)] = []
            for component in assembly.components {
                guard let target = index(ofComponent: component.name, of: line, lines) else { continue }
                components.append((target, component.count))
                parts[target].isComponent = true
                parts[target].countPerRack += component.count * parts[whole].countPerRack
            }
            parts[whole].assembly = BillPart.Assembly(days: assembly.days, components: components)
        }
    }

    /// The line of a component that an assembly names.
    private func index(ofComponent place: YAMLValue, of line: Line, _ lines: [Line]) -> Int? {
        guard let name = place.string("the name of a component") else { return nil }
        guard let target = lines.firstIndex(where: { $0.name == name }) else {
            let known = lines.map(\.name).filter { $0 != line.name }
            place.problem(
                "unknown part \"\(name)\": \"\(line.name)\" is made of it, and the bill has no line for it"
                    + Nearness.hint(for: name, among: known))
            return nil
        }
        if lines[target].assembly != nil {
            place.problem(
                "\"\(name)\" is put together itself; name what it is made of, or give it sources in place of its assembly"
            )
            return nil
        }
        if stock?.type(name) != nil || lines[target].countPerRack != nil {
            place.problem(
                "\"\(name)\" stands in the rack itself and cannot be a component too; give the component a line")
            return nil
        }
        return target
    }

    /// A line that is no device of the rack must say otherwise what it is for.
    private func checkUse(_ line: Line, _ part: BillPart, _ lines: [Line]) {
        guard let stock, !line.name.isEmpty, line.countPerRack == nil else { return }
        let named = lines.flatMap { $0.assembly?.components.compactMap(\.name.scalarText) ?? [] }
        // A component whose name is mistyped where it is built in has been told there.
        let mistyped = named.filter { name in !lines.contains { $0.name == name } }
        guard !named.contains(line.name),
            !mistyped.contains(where: { Nearness.nearest(to: $0, among: lines.map(\.name)) == line.name })
        else { return }
        let known = stock.types.map(\.specification.model).filter { model in !lines.contains { $0.name == model } }
        let near = Nearness.nearest(to: line.name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
        line.place.problem(
            "unknown part \"\(line.name)\": no device of the rack \"\(stock.rack.name)\", and in no assembly\(near)"
                + (near.isEmpty ? "; give it \"per-rack\", or name it where it is built in" : ""))
    }

    private func reportMissing(_ lines: [Line], _ bill: YAMLMapping) {
        guard let stock, let place = bill.optional("parts") else { return }
        for type in stock.types where !lines.contains(where: { $0.name == type.specification.model }) {
            place.problem(
                "the rack \"\(stock.rack.name)\" has \(type.devices.count) of \"\(type.specification.model)\", and the bill "
                    + "no line for it; add one with its sources")
        }
    }
}
