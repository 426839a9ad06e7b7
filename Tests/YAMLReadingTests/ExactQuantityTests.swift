import Testing
import YAMLReading

@Suite struct ExactQuantityTests {
    @Test func `a decimal quantity is kept exactly`() {
        #expect(ExactQuantity.parse("312.5 uV", as: .voltage) == ExactQuantity(numerator: 625, denominator: 2000))
        #expect(ExactQuantity.parse("5.5 kW", as: .power) == ExactQuantity(numerator: 5_500_000, denominator: 1))
        #expect(ExactQuantity.parse("-273.15 degC", as: .temperature)?.numerator == -273_150)
        #expect(ExactQuantity.parse("-0.5 A", as: .current)?.wholeBaseUnits == -500)
    }

    @Test func `a fraction is kept exactly and reduced`() {
        let step = ExactQuantity.parse("1/1024 V", as: .voltage)
        #expect(step == ExactQuantity(numerator: 125, denominator: 128))
        #expect(ExactQuantity.parse("0.1/64", as: .count) == ExactQuantity(numerator: 1, denominator: 640))
    }

    @Test func `space between number and unit is free, and underscores may group digits`() {
        #expect(ExactQuantity.parse("100ms", as: .time)?.numerator == 100_000_000)
        #expect(ExactQuantity.parse("  12_000   W ", as: .power)?.numerator == 12_000_000)
    }

    @Test(arguments: [
        "", "W", "5,5 kW", "5.5.5 kW", "5. kW", ".5 kW", "--5 kW", "5 - kW", "1e3 W", "5 kw", "5 V", "5", "1/0 W",
        "1/-2 W", "1/2/3 W", "0x10 W", "nan W", "inf W", "½ W", "٣ W", "1.0000000001 W", "99999999999999999999 W",
        "9223372036854775807 MW", "-9223372036854775808 mW",
    ]) func `anything else is refused`(text: String) {
        #expect(ExactQuantity.parse(text, as: .power) == nil)
    }

    @Test func `rounding goes to the nearest whole, halves away from zero`() {
        #expect(ExactQuantity(numerator: 3, denominator: 2).wholeBaseUnits == 2)
        #expect(ExactQuantity(numerator: -3, denominator: 2).wholeBaseUnits == -2)
        #expect(ExactQuantity(numerator: 7, denominator: 5).wholeBaseUnits == 1)
        #expect(ExactQuantity(numerator: -7, denominator: 5).wholeBaseUnits == -1)
    }

    @Test func `rounding at the ends of the range does not overflow`() {
        #expect(ExactQuantity(numerator: .max, denominator: 2).wholeBaseUnits == Int64.max / 2 + 1)
        #expect(ExactQuantity(numerator: .min, denominator: .max).wholeBaseUnits == -1)
        #expect(ExactQuantity(numerator: .max, denominator: 1).wholeBaseUnits == .max)
    }

    @Test func `multiplying reports what does not fit`() {
        let third = ExactQuantity(numerator: 1, denominator: 3)
        #expect(third.multiplied(by: 6) == ExactQuantity(numerator: 2, denominator: 1))
        #expect(third.multiplied(by: 1, over: 4) == ExactQuantity(numerator: 1, denominator: 12))
        #expect(third.multiplied(by: 1, over: 0) == nil)
        #expect(third.multiplied(by: 1, over: .max) == nil)
        #expect(ExactQuantity(numerator: .max, denominator: 1).multiplied(by: 2) == nil)
    }

    @Test func `a literal splits into number and unit without being judged`() {
        #expect(ExactQuantity.split("0.1 degC") == ("0.1", "degC"))
        #expect(ExactQuantity.split("8") == ("8", ""))
        #expect(ExactQuantity.split("mV") == ("", "mV"))
    }

    @Test func `every unit is one of its dimension alone`() {
        for dimension in Dimension.allCases {
            for unit in dimension.units { #expect(Dimension(unit: unit.name) == dimension, "\(unit.name)") }
            #expect(ExactQuantity.parse(dimension.example, as: dimension) != nil)
        }
        #expect(Dimension(unit: "furlong") == nil)
    }
}
