import Plant
import Scenario

/// The rack's elevation: feeds at its left, buses at its right, a dot where a device sits on one.
enum RackPicture {
    // Pixels, arbitrary: what reads well at 100 %.
    private static let slotHeight = 26.0
    private static let top = 116.0
    private static let feedStep = 22.0

    static func draw(_ scenario: ScenarioDefinition) -> Picture {
        let rack = scenario.rack
        let slots = ElevationSlot.slots(of: rack)
        let left = 24 + feedStep * Double(rack.plant.feeds.count) + 10
        let nameWidth = (slots.map { Picture.textWidth($0.name) }.max() ?? 0) + 20
        let boxWidth = nameWidth + (slots.map { Picture.textWidth($0.contents) }.max() ?? 0) + 14
        let laneStep = (laneWidths(rack, slots).max() ?? 60) + 18
        let lanes = left + boxWidth + 36
        let bottom = top + slotHeight * Double(slots.count)
        let width = max(lanes + laneStep * Double(rack.buses.count) + 10, 48 + Picture.textWidth(rack.says))
        var picture = Picture(width: width, height: bottom + 30)
        picture.write("Rack", 24, 28, .title)
        picture.write(rack.says, 24, 48, .muted)
        picture.rectangle(left - 6, top - 6, boxWidth + 12, bottom - top + 12, .frame)
        for (index, slot) in slots.enumerated() {
            let y = top + slotHeight * Double(index)
            picture.rectangle(left, y + 1.5, boxWidth, slotHeight - 3, tone(slot.kind))
            picture.write(slot.name, left + 8, y + 17)
            picture.write(slot.contents, left + nameWidth, y + 17, .muted)
        }
        drawFeeds(scenario, left: left, in: &picture)
        for (bus, definition) in rack.buses.enumerated() {
            let x = lanes + laneStep * Double(bus)
            picture.write(definition.name, x, top - 30)
            let here = slots.indices.filter { !slots[$0].unitText(bus: bus).isEmpty }
            guard let last = here.last else { continue }
            picture.line(x, top - 22, x, center(last), .lane)
            for slot in here {
                picture.dot(x, center(slot), .lane)
                picture.write(slots[slot].unitText(bus: bus), x + 9, center(slot) + 4, .muted)
            }
        }
        return picture
    }

    private static func center(_ slot: Int) -> Double { top + slotHeight * (Double(slot) + 0.5) }

    private static func laneWidths(_ rack: RackDefinition, _ slots: [ElevationSlot]) -> [Double] {
        rack.buses.indices.map { bus in
            let units = slots.map { Picture.textWidth($0.unitText(bus: bus)) }.max() ?? 0
            return max(Picture.textWidth(rack.buses[bus].name), units)
        }
    }

    /// Shelves are the first slots, in the order of the plant.
    private static func drawFeeds(_ scenario: ScenarioDefinition, left: Double, in picture: inout Picture) {
        let plant = scenario.rack.plant
        for (feed, definition) in plant.feeds.enumerated() {
            let x = 24 + feedStep * Double(feed)
            let shelves = plant.shelves.indices.filter { plant.shelves[$0].feed == feed }
            let words = "\(definition.name), \(AmountText.number(definition.breaker.ratedCurrent)) A"
            picture.write(words, x, top - 46 + 17 * Double(feed % 3))
            guard let last = shelves.last else { continue }
            picture.line(x, top - 40 + 17 * Double(feed % 3), x, center(last), .supply)
            for shelf in shelves {
                picture.line(x, center(shelf), left, center(shelf), .supply)
                picture.dot(x, center(shelf), .supply)
            }
        }
    }

    private static func tone(_ kind: ElevationSlot.Kind) -> Picture.Tone {
        switch kind {
        case .supply: .supply
        case .backup: .backup
        case .tray: .tray
        case .cooling: .cooling
        case .controller: .controller
        }
    }
}
