internal import Units

/// The door between the plant's SI numbers and the devices' integers: what an ideal sensor would show.
extension Int64 {
    /// The whole number toward zero, within what every sensor's range lies far inside of: nothing that the plant does
    /// stops the program here.
    init(sensed value: Double) {
        let bound = 1e15
        self = value < bound ? (value > -bound ? Int64(value) : -1_000_000_000_000_000) : 1_000_000_000_000_000
    }
}

extension Temperature {
    init(celsius: Double) { self.init(rawValue: Int64(sensed: celsius * 1000)) }
    /// degC
    var celsius: Double { Double(rawValue) / 1000 }
}

extension Power {
    init(watts: Double) { self.init(rawValue: Int64(sensed: watts * 1000)) }
    /// W
    var inWatts: Double { Double(rawValue) / 1000 }
}

extension RotationalSpeed {
    init(revolutionsPerMinute: Double) { self.init(rawValue: Int64(sensed: revolutionsPerMinute)) }
}

extension PerMille {
    /// 0...1
    var share: Double { Double(rawValue) / 1000 }
}
