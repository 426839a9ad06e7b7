// The list of an enumeration's cases is an array, and the embedded core has no heap: on an MCU there is no such list.
#if hasFeature(Embedded)
    /// Says nothing in Embedded Swift; on hosts it is `CaseIterable`.
    public protocol HostCaseIterable {}
#else
    /// `CaseIterable` on hosts, where loaders and documents walk the cases.
    public typealias HostCaseIterable = CaseIterable
#endif
