/// What an endpoint may be, judged before libmodbus sees it: where it has doubts it goes on with something else.
enum EndpointRules {
    /// Rates that libmodbus 3.1.6 sets; another one it takes for 9600 without a word.
    static let bauds = [
        110, 300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115_200, 230_400, 460_800, 500_000, 576_000,
        921_600,
        1_000_000, 1_152_000, 1_500_000, 2_500_000, 3_000_000, 3_500_000, 4_000_000,
    ]

    static func mistakes(in endpoint: MasterEndpoint) -> [MasterFailure.Cause] {
        func cause(_ reason: String, _ remedy: String) -> MasterFailure.Cause {
            MasterFailure.Cause(
                place: "\(endpoint)", attempted: endpoint.isSerial ? "open" : "connect", reason: reason, remedy: remedy)
        }
        switch endpoint {
        case .tcp(let host, let port):
            var found: [MasterFailure.Cause] = []
            if host.isEmpty { found.append(cause("no host is named", "name an address, such as 127.0.0.1")) }
            if !(1...65535).contains(port) {
                found.append(cause("\(port) is no port", "name one from 1 to 65535; Modbus has 502"))
            }
            return found
        case .rtu(let device, let baud, _, let stopBits, _):
            var found: [MasterFailure.Cause] = []
            if device.isEmpty { found.append(cause("no device is named", "name one, such as /dev/ttyUSB0")) }
            if !bauds.contains(baud) {
                let rates = bauds.map(String.init).joined(separator: ", ")
                found.append(cause("a rate of \(baud) baud cannot be set", "choose one of \(rates)"))
            }
            if !(1...2).contains(stopBits) {
                found.append(cause("a character has 1 or 2 stop bits, not \(stopBits)", "choose 1 or 2"))
            }
            return found
        }
    }
}
