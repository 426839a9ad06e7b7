public import RegisterMaps

extension OpticsSignal: FlaggedSignal {
    public var knownFlags: [KnownFlag] {
        switch self {
        case .presentModules, .readyModules, .faultedModules, .hotModules, .darkModules, .lowPowerRequest,
            .resetCommand:
            KnownFlag.unnamed(16)
        default: []
        }
    }
}
