import Delivery
import Testing

/// Orders without chance, whose days can be counted on fingers.
@Suite struct ExactOrderTests {
    @Test func `a rack is energised when its last part is there and it has been brought up`() {
        let bill = Bills.bill(
            RackOrder(racks: 2, bringUpDays: 3),
            Bills.part("a", 1, Bills.source("A", .quoted(days: 30))),
            Bills.part("b", 4, Bills.source("B", .quoted(days: 42))))
        let standing = Bills.forecast(bill).asItStands
        #expect(Bills.days(standing) == [45, 45])
        #expect(standing.gates.count == 1)
        #expect(standing.gates[0].share == 1)
        // Without b, a would have held it up 12 days less.
        #expect(standing.gates[0].days.day(atPercent: 50) == 12)
    }

    @Test func `stock energises the first racks at once, and lots the others one after another`() {
        let lots = PartSource.Lots(size: 4, every: 7)
        let bill = Bills.bill(
            RackOrder(racks: 5), Bills.part("a", 2, Bills.source("A", .quoted(days: 30), stock: 3, lots: lots)))
        // Three in stock are a rack and a half; ten are needed, so two lots come: on day 30 and 37.
        #expect(Bills.days(Bills.forecast(bill).asItStands) == [0, 30, 30, 37, 37])
    }

    @Test func `a place to bring racks up is waited for when parts are there`() {
        let bill = Bills.bill(
            RackOrder(racks: 5, bringUpDays: 4, places: 2), Bills.part("a", 1, Bills.source("A", .quoted(days: 10))))
        let standing = Bills.forecast(bill).asItStands
        #expect(Bills.days(standing) == [14, 14, 18, 18, 22])
        #expect(standing.placeWaitShare == 0.6)
        #expect(standing.placeWaits.earliest == 4 && standing.placeWaits.latest == 8)
        // It is still the part that holds them all up: had it come earlier, so had they.
        #expect(standing.gates.map(\.kind) == [.part(0, source: 0)])
        #expect(standing.gates[0].days.earliest == 10 && standing.gates[0].days.latest == 10)
    }

    @Test func `a rack that waits for a place would be earlier without the one before, down to its own last part`() {
        let lots = PartSource.Lots(size: 1, every: 1)
        let bill = Bills.bill(
            RackOrder(racks: 2, bringUpDays: 5, places: 1),
            Bills.part("a", 1, Bills.source("A", .quoted(days: 20), lots: PartSource.Lots(size: 2, every: 1))),
            Bills.part("b", 1, Bills.source("B", .quoted(days: 17), lots: lots)))
        let standing = Bills.forecast(bill).asItStands
        #expect(Bills.days(standing) == [25, 30])
        // The first waits for a, three days longer than for b; so does the second, and its own b comes a day later.
        #expect(standing.gates.map(\.kind) == [.part(0, source: 0)])
        #expect(standing.gates[0].days.earliest == 3 && standing.gates[0].days.latest == 3)
    }

    @Test func `a rack whose parts are all in stock waits for nothing`() {
        let bill = Bills.bill(
            RackOrder(racks: 2, bringUpDays: 4, places: 1),
            Bills.part("a", 1, Bills.source("A", .quoted(days: 10), stock: 2)))
        let standing = Bills.forecast(bill).asItStands
        #expect(Bills.days(standing) == [4, 8])
        #expect(standing.gates.map(\.kind) == [.stock])
        #expect(standing.placeWaitShare == 0.5)
    }

    @Test func `a minimum order is bought whole, and what is over is told`() {
        let bill = Bills.bill(
            RackOrder(racks: 3),
            Bills.part("a", 2, Bills.source("A", .quoted(days: 10), stock: 1, minimumOrder: 50)))
        let purchases = Bills.forecast(bill).asItStands.purchases
        #expect(purchases.map(\.ordered) == [50])
        #expect(purchases.map(\.fromStock) == [1])
        #expect(purchases.map(\.leftOver) == [45])
    }

    @Test func `an assembly waits for its last component, which is the gate`() {
        let order = RackOrder(racks: 2)
        let monitor = BillPart(
            name: "monitor", countPerRack: 2, assembly: BillPart.Assembly(days: 5, components: [(1, 1), (2, 3)]),
            sources: [])
        let chip = BillPart(
            name: "chip", countPerRack: 2, isComponent: true, sources: [Bills.source("C", .quoted(days: 60), stock: 2)])
        let shunt = BillPart(
            name: "shunt", countPerRack: 6, isComponent: true, sources: [Bills.source("S", .quoted(days: 20))])
        let forecast = Bills.forecast(Bills.bill(order, monitor, chip, shunt))
        // The first rack's chips are in stock: it waits for shunts, the second for chips.
        #expect(Bills.days(forecast.asItStands) == [25, 65])
        let gates = forecast.asItStands.gateOfRack.map { forecast.title(of: forecast.asItStands.gates[$0]) }
        #expect(gates == ["part of S, for shunt", "part of C, for chip"])
        #expect(forecast.asItStands.gates[0].days.day(atPercent: 50) == 40)
    }

    @Test func `two assemblies that share a component do not use one unit twice`() {
        let chip = BillPart(
            name: "chip", countPerRack: 2, isComponent: true,
            sources: [Bills.source("C", .quoted(days: 10), lots: PartSource.Lots(size: 2, every: 10))])
        let one = BillPart(
            name: "one", countPerRack: 1, assembly: BillPart.Assembly(days: 0, components: [(2, 1)]), sources: [])
        let two = BillPart(
            name: "two", countPerRack: 1, assembly: BillPart.Assembly(days: 0, components: [(2, 1)]), sources: [])
        let forecast = Bills.forecast(Bills.bill(RackOrder(racks: 3), one, two, chip))
        #expect(Bills.days(forecast.asItStands) == [10, 20, 30])
    }

    @Test func `a qualified second source takes what it delivers sooner`() {
        let slow = Bills.source("A", .quoted(days: 30), lots: PartSource.Lots(size: 2, every: 10))
        let other = Bills.source("B", .quoted(days: 35), item: "other", lots: PartSource.Lots(size: 2, every: 10))
        let forecast = Bills.forecast(Bills.bill(RackOrder(racks: 8), Bills.part("part", 1, slow, other)))
        #expect(forecast.ways.map(\.sourcing) == [.firstSources, .qualifiedSources])
        #expect(Bills.days(forecast.ways[0]) == [30, 30, 40, 40, 50, 50, 60, 60])
        #expect(Bills.days(forecast.asItStands) == [30, 30, 35, 35, 40, 40, 45, 45])
        #expect(forecast.asItStands.purchases.map(\.ordered) == [4, 4])
        // First sources alone are fifteen days later for the last rack.
        #expect(forecast.ways[0].change?.lastRackEarlier.day(atPercent: 50) == -15)
        #expect(forecast.ways[0].change?.rackDays == -60)
    }

    @Test func `a second source that is not qualified counts only when it has been`() {
        let first = Bills.source("A", .quoted(days: 90))
        let second = Bills.source(
            "B", .quoted(days: 20), item: "other", stock: 1, qualification: .open(takes: .quoted(days: 50)))
        let forecast = Bills.forecast(Bills.bill(RackOrder(racks: 2), Bills.part("part", 1, first, second)))
        #expect(forecast.ways.map(\.sourcing) == [.firstSources, .qualifying(part: 0, source: 1)])
        #expect(Bills.days(forecast.asItStands) == [90, 90])
        // Stock and delivery alike wait for the qualification.
        #expect(Bills.days(forecast.ways[1]) == [50, 50])
        #expect(forecast.ways[1].change?.lastRackEarlier.day(atPercent: 50) == 40)
    }

    @Test func `an order is in time when its last rack is`() {
        func forecast(needed: Int?) -> DeliveryForecast {
            Bills.forecast(
                Bills.bill(
                    RackOrder(racks: 1, neededDays: needed), Bills.part("a", 1, Bills.source("A", .quoted(days: 30)))))
        }
        #expect(forecast(needed: 30).isInTime == true)
        #expect(forecast(needed: 29).isInTime == false)
        #expect(forecast(needed: nil).isInTime == nil)
    }
}
