import RegisterMaps

extension DeviceSignal {
    /// The signal that an identifier names, if clients may write it.
    init?(writable identifier: SignalIdentifier) {
        guard let signal = Self(rawValue: identifier.signalNumber), signal.isWritable else { return nil }
        self = signal
    }
}
