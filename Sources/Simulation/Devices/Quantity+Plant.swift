internal import Units

/// The door between the plant's SI numbers and the devices' integers: what an ideal sensor would show.
extension Temperature {
    init(celsius: Double) { self.init(rawValue: Int64(celsius * 1000)) }
    /// degC
    var celsius: Double { Double(rawValue) / 1000 }
}

extension Power {
    init(watts: Double) { self.init(rawValue: Int64(watts * 1000)) }
    /// W
    var inWatts: Double { Double(rawValue) / 1000 }
}

extension RotationalSpeed {
    init(revolutionsPerMinute: Double) { self.init(rawValue: Int64(revolutionsPerMinute)) }
}

extension PerMille {
    /// 0...1
    var share: Double { Double(rawValue) / 1000 }
}
