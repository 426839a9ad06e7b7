public import Units

/// The most that what cools the rack as a whole can draw, and which trays it cools.
public struct CoolingLimits: Sendable {
    /// Zero where there is none.
    public var fanWall: Power
    public var pumps: Power
    /// Indices in `ControllerInventory.trays`.
    public var liquidTrays: [Int]
    public var wallTrays: [Int]

    public init(
        fanWall: Power = .zero, pumps: Power = .zero, liquidTrays: [Int] = [], wallTrays: [Int] = []
    ) {
        self.wallTrays = wallTrays
        self.fanWall = fanWall
        self.pumps = pumps
        self.liquidTrays = liquidTrays
    }

    var ceiling: Power { fanWall + pumps }
}
