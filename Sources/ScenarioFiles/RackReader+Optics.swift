import DeviceSpecs
import Plant
import YAMLReading

/// The optical modules of a switch tray.
extension RackReader {
    /// `optical-modules: {count: 16, power: 16 W}`, and an `optics` controller that asks them.
    func readOptics(_ mapping: YAMLMapping, into tray: inout TrayConfiguration, hasController: Bool) {
        let place = mapping.optional("optical-modules")
        if (place != nil) != hasController {
            mapping.place.problem(
                hasController
                    ? "expected \"optical-modules\" for the tray's optics controller, found none"
                    : "expected an \"optics\" controller for the tray's optical modules, found none")
        }
        guard let modules = place?.mapping("a mapping such as {count: 16, power: 16 W}") else { return }
        tray.opticalModules = modules.required("count")?.integer(in: 1...16) ?? 1
        tray.opticalModulePower = modules.optional("power")?.watts(in: 0.5...60) ?? RackDefaults.opticalModulePower
        modules.finish()
    }
}
