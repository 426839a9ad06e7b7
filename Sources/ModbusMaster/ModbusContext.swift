internal import CLibmodbus
internal import Glibc
internal import ModbusWire
internal import Units

/// One libmodbus context: it opens, sets up and closes the line, and sends on serial ones.
///
/// What comes is read from its descriptor by Busbar's own receivers, and a TCP request is written to it, because
/// libmodbus 3.1.6 gives no way to send a transaction identifier with a raw request, checks no unit on TCP, does not know
/// where an answer to function 43/14 ends, and keeps to itself what it received (docs/decisions/0009).
final class ModbusContext {
    private let context: OpaquePointer
    private let endpoint: MasterEndpoint
    private let transmitterControl: MasterOptions.TransmitterControl
    private(set) var isOpen = false
    /// Room for what one read brings: more than an ADU, so that what stands behind one is seen at once.
    private let inbox = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 512)

    /// What a read brought.
    enum Reception {
        /// So many octets, in `received`.
        case octets
        case nothing
        case lost(ChannelTrouble)
    }

    private var receivedCount = 0

    /// What the last read brought; valid until the next one.
    var received: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: inbox.baseAddress, count: receivedCount)
    }

    /// Nil when memory is short, or the endpoint cannot be; `EndpointRules` has judged it before.
    init?(_ endpoint: MasterEndpoint, transmitterControl: MasterOptions.TransmitterControl) {
        let made =
            switch endpoint {
            case .tcp(let host, let port) where NumericAddress.isIPv4(host): modbus_new_tcp(host, CInt(port))
            case .tcp(let host, let port): modbus_new_tcp_pi(host, String(port))
            case .rtu(let device, let baud, let parity, let stopBits, _):
                modbus_new_rtu(device, CInt(baud), parity.letter, 8, CInt(stopBits))
            }
        guard let made else {
            inbox.deallocate()
            return nil
        }
        context = made
        self.endpoint = endpoint
        self.transmitterControl = transmitterControl
    }

    deinit {
        close()
        modbus_free(context)
        inbox.deallocate()
    }

    private var descriptor: CInt { modbus_get_socket(context) }

    /// Connects, or opens the device, within `limit`; `.none` when it is open. A host's name is looked up first, for as
    /// long as the system takes for that.
    func open(within limit: Interval) -> ChannelTrouble {
        // libmodbus waits so long for a connection; it wants something above zero.
        let microseconds = max(1_000, limit.microseconds)
        modbus_set_response_timeout(context, UInt32(microseconds / 1_000_000), UInt32(microseconds % 1_000_000))
        let error: CInt? = DescriptorBudget.withRoom {
            errno = 0
            return modbus_connect(context) == 0 ? 0 : errno
        }
        guard let error else { return ChannelTrouble(kind: .descriptors) }
        if error == EBUSY, endpoint.isSerial { return .inUse(endpoint) }
        // A connection that times out leaves the error of the attempt behind.
        if error == EINPROGRESS { return ChannelTrouble(kind: .connectTimeout) }
        if error != 0 { return ChannelTrouble(kind: .opening, detail: error) }
        isOpen = true
        guard endpoint.isSerial else { return setNoDelay() }
        let trouble = takeAlone()
        return trouble == .none ? setTransmitterControl() : trouble
    }

    func close() {
        guard isOpen else { return }
        modbus_close(context)
        isOpen = false
    }

    /// Two masters on one line talk into each other's frames. Programs that keep to locks see one (flock), as `busbar serve`
    /// does; others cannot open the device meanwhile (TIOCEXCL), unless they are root's.
    private func takeAlone() -> ChannelTrouble {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let trouble = errno == EWOULDBLOCK ? .inUse(endpoint) : ChannelTrouble(kind: .opening, detail: errno)
            close()
            return trouble
        }
        // On a pseudo-terminal that would outlast this process: its other end keeps the terminal, and what was set on it.
        if !isPseudoTerminal { _ = ioctl(descriptor, UInt(TIOCEXCL)) }
        return .none
    }

    /// Major numbers 136 to 143 are theirs (Linux, admin-guide/devices.txt).
    private var isPseudoTerminal: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && (136...143).contains((status.st_rdev >> 8) & 0xFFF)
    }

    /// libmodbus does so for IPv4 only.
    private func setNoDelay() -> ChannelTrouble {
        var isOn: CInt = 1
        setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<CInt>.size))
        return .none
    }

    private func setTransmitterControl() -> ChannelTrouble {
        let status =
            switch transmitterControl {
            case .automatic: CInt(0)
            case .driver: modbus_rtu_set_serial_mode(context, MODBUS_RTU_RS485)
            case .readyToSendHigh: modbus_rtu_set_rts(context, MODBUS_RTU_RTS_UP)
            case .readyToSendLow: modbus_rtu_set_rts(context, MODBUS_RTU_RTS_DOWN)
            }
        guard status != 0 else { return .none }
        let trouble = ChannelTrouble(kind: .transmitterControl, detail: errno)
        close()
        return trouble
    }

    /// Sends a whole ADU; `.none` when the system has taken all of it.
    func send(_ adu: borrowing FrameBuffer) -> ChannelTrouble {
        let isSerial = endpoint.isSerial
        let sent = adu.withUnsafeBytes { octets in
            isSerial
                // Without the CRC, which libmodbus appends.
                ? Int(
                    modbus_send_raw_request(
                        context, octets.bindMemory(to: UInt8.self).baseAddress, CInt(octets.count - 2)))
                : Glibc.send(descriptor, octets.baseAddress, octets.count, CInt(MSG_NOSIGNAL))
        }
        if sent == adu.count { return .none }
        // Where only a part was taken, the far end has stopped reading.
        return ChannelTrouble(kind: .lost, detail: sent < 0 ? errno : EAGAIN)
    }

    /// What is there now, without waiting.
    func receive() -> Reception {
        if endpoint.isSerial {
            // A serial device without octets and one that has gone read alike; poll knows.
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&request, 1, 0) > 0 else { return .nothing }
            if request.revents & Int16(POLLIN) == 0 { return .lost(ChannelTrouble(kind: .lost, detail: ENODEV)) }
        }
        let count =
            endpoint.isSerial
            ? read(descriptor, inbox.baseAddress, inbox.count)
            : recv(descriptor, inbox.baseAddress, inbox.count, CInt(MSG_DONTWAIT))
        if count > 0 {
            receivedCount = count
            return .octets
        }
        if count == 0 {
            return .lost(
                endpoint.isSerial ? ChannelTrouble(kind: .lost, detail: ENODEV) : ChannelTrouble(kind: .closedByPeer))
        }
        switch errno {
        case EAGAIN, EINTR: return .nothing
        default: return .lost(ChannelTrouble(kind: .lost, detail: errno))
        }
    }

    /// Waits until something is there to be read, an error included, or until `deadline`.
    func waitForInput(until deadline: Instant) {
        // Rounded up, so as not to come back early time and again.
        let milliseconds = (deadline - MonotonicClock.now + .nanoseconds(999_999)).milliseconds
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&request, 1, CInt(clamping: max(0, milliseconds)))
    }
}

extension MasterEndpoint.Parity {
    /// As libmodbus wants it.
    var letter: CChar {
        switch self {
        case .none: 0x4E
        case .even: 0x45
        case .odd: 0x4F
        }
    }
}
