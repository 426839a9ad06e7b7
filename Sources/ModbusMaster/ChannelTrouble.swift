internal import CLibmodbus
internal import Glibc

/// What went wrong on a channel, small enough to be noted without a lock or an allocation; the words come later.
struct ChannelTrouble: Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        case none
        /// `detail` is the system's error number.
        case opening
        case connectTimeout
        case descriptors
        /// Another process has the serial device; `detail` is its number, or 0.
        case inUse
        /// `detail` is the system's error number.
        case lost
        case closedByPeer
        /// What came is not Modbus TCP, or goes on behind the frame's end.
        case outOfStep
        /// Requests in a row without an answer, in `detail`.
        case silent
        case neverQuiet
        /// `detail` is the unit.
        case noAnswer
        case damagedAnswer
        case wrongAnswer
        /// What came back is not what was sent, on an adapter that is said to hear itself.
        case noEcho
        /// The request itself came back.
        case echo
        /// The system gave no thread; `detail` is its error number.
        case thread
        /// The driver of a serial device has no RS-485 mode; `detail` is the system's error number.
        case transmitterControl
    }

    var kind: Kind
    var detail: Int32 = 0

    static var none: ChannelTrouble { ChannelTrouble(kind: .none) }

    init(kind: Kind, detail: Int32 = 0) {
        self.kind = kind
        self.detail = detail
    }

    static func inUse(_ endpoint: MasterEndpoint) -> ChannelTrouble {
        ChannelTrouble(kind: .inUse, detail: PlaceHolder.user(of: "\(endpoint)")?.process ?? 0)
    }

    /// About a unit; `.none` stays without detail.
    init(kind: Kind, unit: UInt8) { self.init(kind: kind, detail: kind == .none ? 0 : Int32(unit)) }

    init(packed: Int64) {
        kind = Kind(rawValue: UInt8(truncatingIfNeeded: packed >> 32)) ?? .none
        detail = Int32(truncatingIfNeeded: packed)
    }

    var packed: Int64 { Int64(kind.rawValue) << 32 | Int64(UInt32(bitPattern: detail)) }

    func text(at endpoint: MasterEndpoint) -> String {
        switch kind {
        case .none: ""
        case .opening: "\(endpoint): cannot \(endpoint.isSerial ? "open" : "connect"): \(reason(at: endpoint))"
        case .connectTimeout: "\(endpoint): cannot connect: nobody answers"
        case .descriptors:
            "\(endpoint): cannot \(endpoint.isSerial ? "open" : "connect"): this process has more than "
                + "\(DescriptorBudget.limit) files and sockets open"
        case .inUse: "\(endpoint): cannot open: \(PlaceHolder(process: detail)) has it; end that one first"
        case .lost: "\(endpoint): lost: \(reason(at: endpoint))"
        case .closedByPeer: "\(endpoint): the far end closed the connection"
        case .outOfStep: "\(endpoint): what came is no Modbus TCP; the connection is made anew"
        case .silent: "\(endpoint): no answer to \(detail) requests in a row; the connection is made anew"
        case .neverQuiet: "\(endpoint): the line is never quiet"
        case .noAnswer: "\(endpoint): unit \(detail) did not answer in time"
        case .damagedAnswer: "\(endpoint): the answer of unit \(detail) was damaged"
        case .wrongAnswer: "\(endpoint): unit \(detail) was asked, and something else was answered"
        case .noEcho:
            "\(endpoint): what came back is not what was sent: two talk at once, or the adapter does not hear itself; then "
                + "leave \"echo\" out"
        case .echo:
            "\(endpoint): the request itself came back: the adapter hears itself; say so with \"echo\" behind its settings"
        case .thread: "\(endpoint): cannot start a thread: \(reason(at: endpoint))"
        case .transmitterControl: "\(endpoint): cannot switch to RS-485: \(reason(at: endpoint))"
        }
    }

    private func reason(at endpoint: MasterEndpoint) -> String {
        let words = modbus_strerror(detail).map { String(cString: $0) } ?? "error \(detail)"
        // libmodbus reports every failure of a connection so, a name that nobody knows included.
        guard detail == ECONNREFUSED, case .tcp(let host, _) = endpoint, !NumericAddress.isOne(host) else {
            return words
        }
        return "\(words), or the name \(host) is not known"
    }
}
