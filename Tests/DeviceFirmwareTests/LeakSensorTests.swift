import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct LeakSensorTests {
    @Test func `a rope that stays wet for the delay is a leak, and the bit sticks when it dries`() {
        var sensor = LeakSensor(LeakSensorConfiguration())
        sensor.run(to: at(400), LeakSensorImage(wetness: .percent(50)))
        #expect(sensor.read(.leak) == 0)
        sensor.run(to: at(600), LeakSensorImage(wetness: .percent(50)))
        #expect(sensor.read(.leak) == 1)
        sensor.run(to: at(700), LeakSensorImage())
        #expect(sensor.read(.leak) == 0)
        #expect(LeakSensorStatus(signalValue: sensor.read(.latched)) == .leak)
        sensor.write(LeakSensorSignal.latched.identifier, value: 1, at: at(700))
        #expect(sensor.read(.latched) == 0)
    }

    @Test func `a splash shorter than the delay is none`() {
        var sensor = LeakSensor(LeakSensorConfiguration())
        for second in Int64(0)..<10 {
            sensor.run(to: at(second * 1000 + 300), LeakSensorImage(wetness: .whole))
            sensor.run(to: at(second * 1000 + 900), LeakSensorImage(wetness: .percent(19)))
        }
        #expect(sensor.read(.latched) == 0)
    }

    @Test func `a broken rope is told and is no leak`() {
        var sensor = LeakSensor(LeakSensorConfiguration())
        sensor.run(to: at(2000), LeakSensorImage(wetness: .whole, isRopeWhole: false))
        #expect(sensor.read(.leak) == 0)
        #expect(sensor.status == LeakSensorStatus.ropeBroken.union(.latchedFault))
    }

    @Test func `openings of the door are counted`() {
        var sensor = LeakSensor(LeakSensorConfiguration())
        for time in Int64(0)..<3 {
            sensor.run(to: at(time * 1000 + 500), LeakSensorImage(isDoorOpen: true))
            sensor.run(to: at(time * 1000 + 900), LeakSensorImage())
        }
        #expect(sensor.read(.doorCount) == 3)
        #expect(sensor.read(.door) == 0)
        sensor.restart(at: at(4000))
        #expect(sensor.read(.doorCount) == 0)
        #expect(LeakSensorStatus(signalValue: sensor.read(.latched)) == .restarted)
    }
}
