import Delivery
import DeviceSpecs
import ScenarioFiles
import YAMLReading

/// Reads who delivers a part.
struct SourceReader {
    let reader: BillReader
    let part: String
    /// The part as a device of the rack; `nil` for a component, or when the rack could not be read.
    let type: RackStock.DeviceType?

    /// - Parameter isAssembled: whether the part's first source is its assembly, so that all of these are second ones.
    func read(_ value: YAMLValue?, isAssembled: Bool) -> [PartSource] {
        guard let value, let items = value.list("a list of sources") else { return [] }
        if items.isEmpty { value.problem("expected at least a source, found an empty list") }
        var sources: [PartSource] = []
        for (index, item) in items.enumerated() {
            guard let mapping = item.mapping("a source such as {supplier: …, lead-time: {…}}") else { continue }
            let source = readSource(mapping, isSecond: isAssembled || index > 0)
            mapping.finish()
            guard let source else { continue }
            if sources.contains(where: { $0.supplier == source.supplier && $0.item == source.item }) {
                mapping.place.problem(
                    "\"\(source.supplier)\" delivers \"\(source.item)\" twice here; join the two, or name the parts apart"
                )
            }
            sources.append(source)
        }
        return sources
    }

    private func readSource(_ mapping: YAMLMapping, isSecond: Bool) -> PartSource? {
        let supplier = mapping.required("supplier")?.string("a supplier")
        let item = readItem(mapping, isSecond: isSecond)
        let leadTime = mapping.required("lead-time").flatMap { LeadTimeReader.read($0) }
        let stock = mapping.optional("stock")?.integer(in: 0...BillReader.countLimit) ?? 0
        let minimum = mapping.optional("minimum-order")?.integer(in: 1...BillReader.countLimit) ?? 1
        let lots = mapping.optional("lots").flatMap { readLots($0) }
        let qualification = readQualification(mapping, isSecond: isSecond, supplier: supplier ?? "it")
        guard let supplier, let leadTime, let qualification else { return nil }
        return PartSource(
            supplier: supplier, item: item ?? part, leadTime: leadTime.leadTime, provenance: leadTime.provenance,
            stock: stock, minimumOrder: minimum, lots: lots, qualification: qualification)
    }

    private func readLots(_ value: YAMLValue) -> PartSource.Lots? {
        guard let mapping = value.mapping("a mapping such as {size: 200, every: 2 w}") else { return nil }
        let size = mapping.required("size")?.integer(in: 1...BillReader.countLimit)
        let place = mapping.required("every")
        let every = place?.days("2 w")
        // Lots without a time between them are one lot, however small they are said to be.
        if every == 0 { place?.expected("a time between two lots, from 1 d") }
        mapping.finish()
        guard let size, let every else { return nil }
        return PartSource.Lots(size: size, every: every)
    }

    private func readQualification(
        _ mapping: YAMLMapping, isSecond: Bool, supplier: String
    ) -> PartSource.Qualification? {
        let (word, open) = (mapping.optional("qualified"), mapping.optional("qualification"))
        guard isSecond else {
            (word ?? open)?.problem("the first source of a part is the one that is qualified; leave this out")
            return .qualified
        }
        if let word, open == nil, let isQualified = word.bool() {
            if isQualified { return .qualified }
            word.problem("say how long it takes to qualify: qualification: {typical: 10 w, …}, in place of this")
            return nil
        }
        if let open, word == nil { return LeadTimeReader.read(open).map { .open(takes: $0.leadTime) } }
        if (word == nil) == (open == nil) {
            mapping.place.problem(
                "expected either \"qualified: true\" or \"qualification\" of the second source \(supplier), found "
                    + (word == nil ? "neither" : "both"))
        }
        return nil
    }

    // MARK: What is delivered

    private func readItem(_ mapping: YAMLMapping, isSecond: Bool) -> String? {
        let (spec, item) = (mapping.optional("spec"), mapping.optional("item"))
        if reader.stock == nil { return (spec ?? item)?.string() }
        guard let type else {
            spec?.problem("\"\(part)\" is no device of the rack; name what stands in for it with \"item\"")
            return item?.string("a name")
        }
        item?.problem("\"\(part)\" is a device of the rack; name the device type that stands in for it with \"spec\"")
        guard let spec else { return nil }
        if spec.scalarText == part { return part }
        guard let standIn = reader.library.specification(spec) else { return nil }
        if !isSecond {
            spec.problem("the first source delivers \"\(part)\" itself; what stands in for it is a second source")
        } else {
            checkStandIn(standIn, spec, type)
        }
        return standIn.model
    }

    private func checkStandIn(_ specification: DeviceSpecification, _ place: YAMLValue, _ type: RackStock.DeviceType) {
        let (own, model) = (type.specification, specification.model)
        func word(_ specification: DeviceSpecification) -> String {
            specification.deviceClass?.specWord ?? "unclassified"
        }
        guard specification.deviceClass == own.deviceClass else {
            place.problem(
                "expected a \(word(own)) to stand in for \"\(part)\", found \"\(model)\", a \(word(specification))")
            return
        }
        if let obstacle = reader.stock?.obstacle(to: specification, inPlaceOf: type) {
            place.problem(
                "\"\(model)\" cannot stand in for \"\(part)\" where the rack has it: \(obstacle); choose another, or "
                    + "give the rack a bus for it")
        }
    }
}
