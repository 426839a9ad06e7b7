/// Racks that are wanted, and the floor on which they are put into service.
public struct RackOrder: Sendable {
    /// How the need is dealt over the sources of a part.
    public enum Buying: String, CaseIterable, Sendable {
        /// Each unit from the source that is to deliver it first, by the typical lead times.
        case split
        /// The whole need from each source; what comes first is used, the rest is left over.
        case whole
    }

    public var racks: Int
    /// The day from which days are counted; `nil` when the bill names none.
    public var placed: CalendarDay?
    /// Days after the order by which all racks are wanted; `nil` when the bill names no such day.
    public var neededDays: Int?
    /// From the last part's arrival to an energised rack.
    public var bringUpDays: Int
    /// Racks that can be brought up at a time; `nil` when there is room for all.
    public var places: Int?
    public var buying: Buying

    public init(
        racks: Int, placed: CalendarDay? = nil, neededDays: Int? = nil, bringUpDays: Int = 0, places: Int? = nil,
        buying: Buying = .split
    ) {
        self.racks = racks
        self.placed = placed
        self.neededDays = neededDays
        self.bringUpDays = bringUpDays
        self.places = places
        self.buying = buying
    }
}
