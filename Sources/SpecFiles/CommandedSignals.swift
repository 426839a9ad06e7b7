internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// What a controller sets in a device, and must be able to write there.
enum CommandedSignals {
    /// A second point of the signal may well be read only: some devices show a limit where they do not take it.
    static func judge(_ points: [PlacedPoint], of deviceClass: DeviceClass?) {
        for signal in commanded(in: deviceClass) {
            let bound = points.filter { $0.point.definition.signal == signal }
            guard let first = bound.first, bound.allSatisfy({ $0.point.definition.access == .readOnly }) else {
                continue
            }
            let name = deviceClass?.name(of: signal) ?? ""
            first.namePlace.problem(
                "expected \"access: rw\" for a point of the signal \"\(name)\", which a controller sets, found "
                    + "\"\(first.point.name)\" read only")
        }
    }

    private static func commanded(in deviceClass: DeviceClass?) -> [SignalIdentifier] {
        switch deviceClass {
        case .powerMonitor: [PowerMonitorSignal.powerLimit.identifier]
        case .baseboardController: [BaseboardSignal.powerLimit.identifier]
        default: []
        }
    }
}
