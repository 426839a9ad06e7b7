/// How far an optical module is up, numbered as its management map shows it (CMIS, lower page, octet 3, bits 3 to 1).
@frozen
public enum OpticalModuleState: UInt8, Sendable {
    /// Held in reset, or its management has not begun: nothing is read of it.
    case absent = 0
    case lowPower = 1
    case poweringUp = 2
    case ready = 3
    case poweringDown = 4
    case fault = 5
}
