/// The four tables of the Modbus data model.
@frozen
public enum RegisterTable: UInt8, HostCaseIterable, Sendable {
    case coils
    case discreteInputs
    case inputRegisters
    case holdingRegisters
}
