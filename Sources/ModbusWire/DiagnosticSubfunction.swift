/// The sub-functions of function 8 that Busbar knows (V1.1b3, section 6.8.1). The others are answered as not supported.
@frozen
public enum DiagnosticSubfunction: UInt16, Sendable {
    case returnQueryData = 0
    case restartCommunications = 1
    case forceListenOnlyMode = 4
    case clearCounters = 10
    case busMessageCount = 11
    case busCommunicationErrorCount = 12
    case busExceptionErrorCount = 13
    case serverMessageCount = 14
    case serverNoResponseCount = 15
    case serverNegativeAcknowledgeCount = 16
    case serverBusyCount = 17
    case busCharacterOverrunCount = 18
}
