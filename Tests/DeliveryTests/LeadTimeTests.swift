import Delivery
import Testing

@Suite struct LeadTimeTests {
    @Test func `a quoted time is kept whatever chance says`() {
        #expect([0, 0.3, 1].map { LeadTime.quoted(days: 40).days(atShare: $0) } == [40, 40, 40])
    }

    @Test func `a spread gives the triangular distribution's own shares`() {
        let leadTime = LeadTime.triangular(earliest: 10, typical: 20, latest: 50)
        // F(20) = 10 / 40; F(30) = 1 - (50 - 30)^2 / (40 * 30).
        #expect(leadTime.days(atShare: 0) == 10)
        #expect(leadTime.days(atShare: 0.2499) == 20)
        #expect(leadTime.days(atShare: 0.2501) == 21)
        #expect(leadTime.days(atShare: 0.6666) == 30)
        #expect(leadTime.days(atShare: 0.6667) == 31)
        #expect(leadTime.days(atShare: 1) == 50)
    }

    @Test func `a spread that begins or ends at its typical day keeps within its ends`() {
        for share in [0, 0.2, 0.5, 0.9, 1] {
            #expect((10...30).contains(LeadTime.triangular(earliest: 10, typical: 10, latest: 30).days(atShare: share)))
            #expect((10...30).contains(LeadTime.triangular(earliest: 10, typical: 30, latest: 30).days(atShare: share)))
        }
    }
}
