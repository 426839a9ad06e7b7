import Plant
import Units

/// What a rack file may leave out. "Typical" marks a figure of the class of hardware for which nothing can be cited.
enum RackDefaults {
    /// degC. Within the ASHRAE recommended range, 18...27 degC.
    static let inletTemperature = 25.0
    /// degC. Facility water class W32 and below; typical supply of liquid-cooled AI racks is 25...45 degC.
    static let coolantTemperature = 30.0

    /// V, line to line. The European low-voltage supply, 230/400 V (IEC 60038).
    static let lineVoltage = 400.0
    /// Typical of server rectifiers at more than half load.
    static let powerFactor = 0.99
    /// +-20 %: band to assume around an inverse-time curve; typical.
    static let breakerTolerance = 0.2
    /// In multiples of the rated current: middle of the C curve's 5...10 (IEC 60898).
    static let magneticMultiple = 7.0
    /// s. Typical 120...600 s.
    static let breakerCoolingTime = 300.0

    /// s at the rating. Typical of a UPS that only has to wait for a generator, 5...10 min.
    static let upsAutonomy = 300.0

    /// Open Rack V3 HPR rectifier: 5.5 kW, pulse to 160 % (Delta/AEI deck). How long a pulse may last is not given there:
    /// 10 s is arbitrary and must be replaced by the supply's datasheet.
    static let supply = SupplyConfiguration(
        ratedPower: 5500, peakPower: 8800, peakTime: 10, efficiency: efficiency, noLoadVoltage: 51, droop: 0.5,
        holdUpEnergy: 110, shareTolerance: 0.05)
    /// Open Rack V3 HPR battery unit: as much as a rectifier of the same shelf, 5.5 kW, for 240 s (Delta/AEI deck, whose
    /// time is that of the V3 unit). Charging at a fifth of the rating, 97 % of conversion, and a store of fifteen cells in
    /// series, 40...54 V with 20 mOhm: typical. The busbar is held just below the 48.5 V at which a unit is triggered.
    static let battery = BackupUnitConfiguration(
        kind: .battery, energy: 1_320_000, dischargePower: 5500, chargePower: 1100, emptyVoltage: 40, fullVoltage: 54,
        resistance: 0.02, efficiency: 0.97, holdVoltage: 48.4, holdDroop: 0.4)
    /// A shelf unit of double-layer capacitors with a converter of the same size, which charges as fast as it discharges;
    /// 50 kJ, half the voltage at empty, 5 mOhm: typical. The 65 J per accelerator of a GB300-class supply's own
    /// capacitors (notes on GitHub) would be `energy: 585 J` in each of eight units for 72 accelerators.
    static let capacitor = BackupUnitConfiguration(
        kind: .capacitor, energy: 50_000, dischargePower: 5500, chargePower: 5500, emptyVoltage: 27, fullVoltage: 54,
        resistance: 0.005, efficiency: 0.98, holdVoltage: 48.4, holdDroop: 0.4)

    /// A power tether of Open Rack V3. Nothing is published of it but its register map; all of this is typical: 3 kW, as the
    /// supplies and battery units of an Open Rack V3 shelf have, with 20 % until the current is limited; 4 m of cable
    /// there and back of 10 mm2 of copper, 7 mOhm; eight contacts of 60 uOhm; a plug that is 19 K above the air at the
    /// rated current, below the 30 K at which connectors are rated, with a time constant of two minutes.
    static let tether = TetherConfiguration(
        name: "tether", ratedPower: 3000, limitPower: 3600, noLoadVoltage: 51, droop: 0.5,
        efficiency: tetherEfficiency, sourceVoltage: 51, cableResistance: 0.007, contactResistance: 0.0005,
        contactHeatResistance: 10, contactHeatTime: 120, minimumInput: 40)

    /// Losses 0.0040 + 0.0160 x^2 of rated power: 98 % at full load, typical of 48 V converters without isolation.
    static let tetherEfficiency = [
        CurvePoint(x: 0.05, y: 0.925), CurvePoint(x: 0.1, y: 0.960), CurvePoint(x: 0.2, y: 0.977),
        CurvePoint(x: 0.3, y: 0.982), CurvePoint(x: 0.5, y: 0.984), CurvePoint(x: 0.7, y: 0.983),
        CurvePoint(x: 1, y: 0.980), CurvePoint(x: 1.2, y: 0.978),
    ]
    /// V of droop at 12.5 V: 1 %, as half a volt is of 51 V; typical.
    static let droopOnTwelveVolts = 0.125

    /// Ratio of pulse power to rated power of the same rectifier.
    static let peakRatio = 1.6
    /// s at rated power: 60 J at 3 kW, 110 J at 5.5 kW (same deck).
    static let holdUpTime = 0.02

    /// Losses 0.0050 + 0.0313 x^2 of rated power, fitted to 97.5 % at half load and 96.5 % at full load (Open Rack V3
    /// talk of the Open Compute Project); likely optimistic below 20 %.
    static let efficiency = [
        CurvePoint(x: 0.05, y: 0.907), CurvePoint(x: 0.1, y: 0.949), CurvePoint(x: 0.2, y: 0.970),
        CurvePoint(x: 0.3, y: 0.974), CurvePoint(x: 0.5, y: 0.975), CurvePoint(x: 0.7, y: 0.972),
        CurvePoint(x: 1, y: 0.965), CurvePoint(x: 1.5, y: 0.952),
    ]

    /// 80 x 38 mm server fans: 100...150 CFM, 10...18 krpm, 30...60 W; typical. Idle and cubic part of the power in the
    /// proportion of the San Ace 9GAX0412P3S001 data sheet (0.76 W and 14.8 W).
    static let fans = FanConfiguration(
        count: 6, maximumSpeed: 12_000, maximumFlow: 0.0566, idlePower: 2, cubicPower: 38, lag: 0.5)

    /// Die to air 0.06 K/W for a 700 W part ((87 - 45) K / 700 W); time constants of die and sink 2 s and 100 s; typical.
    static let airThermal = ThermalConfiguration(
        dieResistance: 0.025, sinkResistance: 0.06, dieCapacity: 80, sinkCapacity: 1600, coolantFlow: 0,
        coolantHeatCapacity: 0)
    /// Cold plate 0.02...0.04 K/W with a time constant of 5...20 s; typical. Flow: 1.53 l/min of PG25 per kW carries the
    /// heat at a rise of 10 K, here for 5.4 kW. PG25 holds about 3.9 kJ/(kg K); typical.
    static let liquidThermal = ThermalConfiguration(
        dieResistance: 0.012, sinkResistance: 0.02, dieCapacity: 120, sinkCapacity: 500, coolantFlow: 0.14,
        coolantHeatCapacity: 3900)

    /// W of a tray's host without and with full load: two processors, memory and network cards; typical.
    static let hostIdlePower = 350.0
    static let hostMaximumPower = 800.0

    /// W of an 800 Gbit/s module that sends; typical.
    static let opticalModulePower = 16.0

    /// Round trip of a switched LAN below 1...5 ms; typical.
    static let linkLatency = Interval.milliseconds(1)
    static let linkJitter = Interval.microseconds(500)

    /// A loop whose every pump but one makes the design flow at full speed, at 1.5 times the loop's pressure when shut off.
    ///
    /// 100 kPa across a rack's loop, two fifths of them in exchanger and manifolds; 4 K of approach to water of 25 degC;
    /// 8 L of reservoir and 5 L in the pipes for each kg/s: typical of in-rack units. The valve travels in 60 s, as actuators
    /// of such valves do (typical).
    static func loop(designFlow: Double, heat: Double) -> LiquidLoopConfiguration {
        LiquidLoopConfiguration(
            pumps: pumps(count: 2, designFlow: designFlow, pressure: 100_000), designPressure: 100_000,
            commonShare: 0.4,
            exchanger: HeatExchangerConfiguration(
                designHeat: heat, approach: 4, facilityTemperature: 25, valveTravel: 60),
            reservoir: ReservoirConfiguration(
                capacity: 8 * Coolant.density, circuitMass: 5 * designFlow, level: 0.9),
            hasBranchValves: false)
    }

    static func pumps(count: Int, designFlow: Double, pressure: Double) -> PumpConfiguration {
        let each = designFlow / Double(max(1, count - 1))
        // Twice the hydraulic power at the design point: 50 % of efficiency, typical of canned pumps of this size.
        let power = 2 * each / Coolant.density / 1000 * pressure
        // On a parabola from 1.5 times the pressure, the design flow lies at the root of a third of the free flow.
        return PumpConfiguration(
            count: count, maximumSpeed: 5000, shutOffPressure: 1.5 * pressure, freeFlow: each * 3.0.squareRoot(),
            idlePower: 10, cubicPower: power, lag: 1)
    }

    /// Cooling zones: the failsafe duty is the example of phosphor-pid-control's documentation, the minimum that below
    /// which many fans stop (Sanyo Denki San Ace 40 data sheet); slew and gains are those of the usual zone, whose reasons
    /// stand in `RackControl.FanConfiguration`. Per second; per cent per kelvin; per cent per kelvin and second.
    static let failsafeDuty = PerMille.percent(75)
    static let minimumDuty = PerMille.percent(20)
    static let dutyRise = 20.0
    static let dutyFall = 2.0
    static let proportionalGain = 2.5
    static let integralGain = 0.05

    /// What stands in a tray without accelerators; its count is 0, so none of this is ever drawn.
    static let noAccelerator = AcceleratorModel(
        name: "none", idlePower: 0, ratedPower: 0, minimumLimit: 0, lag: 1, brakePower: 0, throttleTemperature: 90,
        shutdownTemperature: 100, throughput: [CurvePoint(x: 0, y: 0), CurvePoint(x: 1, y: 1)])
}
