internal import DeviceFirmware
internal import DeviceSpecs

extension PowerConverter {
    /// The part that a spec names.
    init(_ part: ConverterPart) {
        self =
            switch part {
            case .ina228: .ina228
            case .ina238: .ina238
            case .adm1278: .adm1278
            case .ina3221: .ina3221
            case .max34417: .max34417
            }
    }

    /// Parts per million by which a shunt is off: with the INA228's 0.05 % half a per cent of current in all (typical).
    static let shuntTolerance: Int64 = 4_500
}
