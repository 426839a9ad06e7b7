/// A converter part that measures a bus voltage and the drop across a shunt: its steps, ends and errors.
@frozen
public struct PowerConverter: Hashable, Sendable {
    /// Microvolts of the bus per step.
    public let bus: ConverterRange
    /// Picovolts across the shunt per step.
    public let shuntStep: Int64
    public let shuntBits: Int64
    /// Whether the drop may be negative.
    public let isBipolar: Bool
    /// Greatest gain error of voltage and of current, parts per million; the shunt's own tolerance comes on top.
    public let gainPerMillion: Int64

    /// What a shunt makes of the steps, in microamperes.
    public func currentRange(shuntMicroohms: Int64) -> ConverterRange {
        let step = ExactRatio(shuntStep, shuntMicroohms)
        return isBipolar ? .signed(bits: shuntBits, step: step) : .unsigned(bits: shuntBits, step: step)
    }
}

extension PowerConverter {
    /// 20 bit, 85 V: 195.3125 uV on the bus, 312.5 nV across the shunt for +-163.84 mV; gain +-0.05 % (TI INA228).
    public static var ina228: PowerConverter {
        PowerConverter(
            bus: ConverterRange(step: ExactRatio(3125, 16), lowestCode: 0, highestCode: 524_287), shuntStep: 312_500,
            shuntBits: 20, isBipolar: true, gainPerMillion: 500)
    }

    /// 16 bit, 85 V: 3.125 mV on the bus, 5 uV across the shunt for +-163.84 mV; gain +-0.1 % (TI INA238-Q1).
    public static var ina238: PowerConverter {
        PowerConverter(
            bus: ConverterRange(step: ExactRatio(3125, 1), lowestCode: 0, highestCode: 32_767), shuntStep: 5_000_000,
            shuntBits: 16, isBipolar: true, gainPerMillion: 1_000)
    }

    /// 12 bit, +-0.3 % (Analog Devices ADM1278). Its inputs end at some 20 V, so a divider stands before a 48 V bus:
    /// steps of 15 mV, and of 25 uV across the shunt; both typical, arbitrary.
    public static var adm1278: PowerConverter {
        PowerConverter(
            bus: .unsigned(bits: 12, step: ExactRatio(15_000, 1)), shuntStep: 25_000_000, shuntBits: 12,
            isBipolar: false, gainPerMillion: 3_000)
    }

    /// Three channels of 13 bit: 8 mV on the bus to 26 V, 40 uV across the shunt for +-163.8 mV; 0.25 % (TI INA3221
    /// data sheet, from memory: typical). On a 50 V bus its channels sit behind the trays' 12 V converters.
    public static var ina3221: PowerConverter {
        PowerConverter(
            bus: ConverterRange(step: ExactRatio(8_000, 1), lowestCode: 0, highestCode: 4_095), shuntStep: 40_000_000,
            shuntBits: 13, isBipolar: true, gainPerMillion: 2_500)
    }

    /// Four channels, 14 bit of voltage up to 20 V: steps of 1.25 mV; 20 000 : 1 of power (Maxim MAX34417): some 15 bit
    /// across the shunt, here 100 mV in steps of 5 uV (typical). Error 0.5 % (typical).
    public static var max34417: PowerConverter {
        PowerConverter(
            bus: .unsigned(bits: 14, step: ExactRatio(1_250, 1)), shuntStep: 5_000_000, shuntBits: 15,
            isBipolar: false, gainPerMillion: 5_000)
    }
}
