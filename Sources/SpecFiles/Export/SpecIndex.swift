public import DeviceSpecs
internal import RegisterMaps

/// The list of device types, by class.
public enum SpecIndex {
    /// A Markdown page with a table per class, each device linked to its page beside this one.
    ///
    /// - Parameter hasClassPage: whether `classes/<word>.md` stands beside this page.
    public static func markdown(
        _ specifications: [DeviceSpecification], hasClassPage: (_ word: String) -> Bool
    ) -> String {
        var lines = [
            "<!-- Written by tools/docs from Firmware-specs; do not edit. -->", "", "# Devices", "",
            "Every device type that ships, by class. A class says what the firmware does; a device type says at which addresses,",
            "in which scales, and at which speed it is spoken to. `busbar spec show`, `doc` and `export` print any of them.",
        ]
        let classes = DeviceClass.allCases.map { Optional($0) } + [nil]
        for deviceClass in classes {
            let members = specifications.filter { $0.deviceClass == deviceClass }.sorted { $0.model < $1.model }
            if members.isEmpty { continue }
            let word = deviceClass?.specWord
            lines += ["", "## \(word ?? "unclassified")", ""]
            if let word, hasClassPage(word) {
                lines += ["[What the firmware of a \(word) does](classes/\(word).md).", ""]
            } else if word == nil {
                lines += ["Maps that no firmware of Busbar serves: registers that hold what clients write.", ""]
            }
            lines += ["| device | what it is | points | serial line |", "|---|---|---:|---|"]
            lines += members.map(row)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ specification: DeviceSpecification) -> String {
        let serial = specification.serial
        let says = SpecDocument.escaped(specification.says.isEmpty ? "–" : specification.says)
        return "| [\(specification.model)](\(specification.model).md) | \(says) | \(specification.points.count) | "
            + "\(serial.baud) baud, parity \(serial.parity.rawValue) |"
    }
}
