/// What a rack's control layer is made of, who delivers it, and how many racks are wanted.
///
/// Valid: the components of an assembly are no assemblies themselves, every part has an assembly or a source, and all
/// counts are 1 or more.
public struct BillOfParts: Sendable {
    public var name: String
    public var rack: String
    public var says: String
    public var order: RackOrder
    public var parts: [BillPart]

    public init(name: String, rack: String, says: String = "", order: RackOrder, parts: [BillPart]) {
        self.name = name
        self.rack = rack
        self.says = says
        self.order = order
        self.parts = parts
    }
}
