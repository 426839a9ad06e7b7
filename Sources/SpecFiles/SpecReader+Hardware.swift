internal import DeviceSpecs
internal import Units
internal import YAMLReading

/// What a spec says of the hardware behind the map.
extension SpecReader {
    /// `sensing: {converter: ina238, averages: 32}`.
    static func sensing(_ value: YAMLValue) -> SensingSettings? {
        guard let mapping = value.mapping("a mapping such as {converter: ina238, averages: 32}") else { return nil }
        let converter = mapping.required("converter")?.choice(of: ConverterPart.self)
        let averages = mapping.optional("averages").map { $0.integer(in: 1...1024) } ?? 16
        mapping.finish()
        guard let converter, let averages else { return nil }
        return SensingSettings(converter: converter, averages: averages)
    }

    /// `busy: {every: 64 ms, for: 4 ms}`.
    static func busy(_ value: YAMLValue) -> BusySettings? {
        guard let mapping = value.mapping("a mapping such as {every: 64 ms, for: 4 ms}") else { return nil }
        let (everyPlace, lengthPlace) = (mapping.required("every"), mapping.required("for"))
        let every = everyPlace.flatMap { time($0, upTo: .seconds(60)) }
        let length = lengthPlace.flatMap { time($0, upTo: .seconds(60)) }
        mapping.finish()
        guard let every, let length else { return nil }
        guard length < every else {
            lengthPlace?.expected("a time shorter than the \(SpecWriter.time(every)) from one to the next")
            return nil
        }
        return BusySettings(every: every, length: length)
    }

    private static func time(_ value: YAMLValue, upTo longest: Interval) -> Interval? {
        guard let exact = value.quantity(.time) else { return nil }
        let interval = Interval.nanoseconds(exact.wholeBaseUnits)
        guard interval > .zero, interval <= longest else {
            value.expected("a time above 0 s and up to \(SpecWriter.time(longest))")
            return nil
        }
        return interval
    }
}
