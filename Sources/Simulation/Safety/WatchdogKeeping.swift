internal import Units

/// A device that is in use has the comms watchdog that the scenario asks for, never loses it, and falls back when
/// nobody writes to it for longer.
struct WatchdogKeeping {
    /// A device's sample, and the granule of its register.
    private static let patience = Interval.milliseconds(300)

    private var isArmed: [Bool]

    init(deviceCount: Int) { isArmed = Array(repeating: false, count: deviceCount) }

    /// `timeout` by the firmware's word; `longest` is what the controller was told to arm.
    mutating func judge(
        _ device: Int, path: String, timeout: Interval, longest: Interval, isOnline: Bool
    ) -> String? {
        let isGood = timeout > .zero && timeout <= longest
        if isOnline, !isGood {
            return
                "\(path) is online with a watchdog of \(timeout.milliseconds) ms; \(longest.milliseconds) ms were due"
        }
        if isArmed[device], timeout <= .zero { return "\(path) lost its watchdog" }
        if isOnline, isGood { isArmed[device] = true }
        return nil
    }

    /// A BMC whose last accepted write was `silence` ago.
    func judgeFallback(
        path: String, silence: Interval, timeout: Interval, applied: Power, fallback: Power
    ) -> String? {
        guard timeout > .zero, silence > timeout + Self.patience, applied != fallback else { return nil }
        return "\(path) enforces \(applied.milliwatts / 1000) W though nobody has written to it for "
            + "\(silence.milliseconds) ms; its fallback is \(fallback.milliwatts / 1000) W"
    }
}
