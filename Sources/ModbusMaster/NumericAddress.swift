internal import Glibc

/// Whether a host is written as an address, so that no name has to be looked up.
enum NumericAddress {
    static func isIPv4(_ host: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, host, &address) == 1
    }

    static func isOne(_ host: String) -> Bool {
        var address = in6_addr()
        return isIPv4(host) || inet_pton(AF_INET6, host, &address) == 1
    }
}
