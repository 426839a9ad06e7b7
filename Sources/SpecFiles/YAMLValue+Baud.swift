internal import DeviceSpecs
public import YAMLReading

extension YAMLValue {
    /// The rate of a serial line, in bits per second: one of `SerialSettings.rates`.
    public func baud() -> Int? {
        if let text = scalarText, let rate = Int(text.filter { $0 != "_" }), SerialSettings.rates.contains(rate) {
            return rate
        }
        expected("a rate in baud, one of \(SerialSettings.rates.map { String($0) }.joined(separator: ", "))")
        return nil
    }
}
