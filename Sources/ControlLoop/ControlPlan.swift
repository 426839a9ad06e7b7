internal import DeviceSpecs
public import ModbusMaster
public import RackControl
internal import RegisterMaps
public import Scenario
internal import Units

/// A rack as the controller of real buses sees it: what it is told of the devices, and where they are.
public struct ControlPlan: Sendable {
    public var rackName: String
    public var inventory: ControllerInventory
    public var configuration: ControllerConfiguration
    /// By the indices of `inventory.trays`.
    public var trayNames: [String]
    /// What can have one transaction outstanding: a serial line, or the connection to one device. In the controller's
    /// order.
    public let channels: [ControlChannel]

    /// `nil` when a bus or device has no endpoint; rack files for control are checked for that. `inventory` is that of
    /// the rack.
    public init?(
        rack: RackDefinition, trayNames: [String], inventory: ControllerInventory,
        configuration: ControllerConfiguration
    ) {
        var configuration = configuration
        // A decision is made on readings of its own cycle.
        configuration.alignsPolls = true
        configuration.polling.monitor = min(configuration.polling.monitor, configuration.period)
        configuration.polling.baseboard = min(configuration.polling.baseboard, configuration.period)
        rackName = rack.name
        self.inventory = inventory
        self.configuration = configuration
        self.trayNames = trayNames
        let controller = RackController(inventory: inventory, configuration: configuration)
        var channels: [ControlChannel] = []
        for channel in 0..<controller.channelCount {
            let bus = controller.bus(ofChannel: channel)
            let devices = inventory.devices.indices.filter { controller.channel(ofDevice: $0) == channel }
            guard let endpoint = devices.first.map({ rack.devices[$0].endpoint }) ?? rack.buses[bus].endpoint else {
                return nil
            }
            channels.append(ControlChannel(bus: bus, devices: devices, endpoint: MasterEndpoint(endpoint)))
        }
        self.channels = channels
    }

    /// How a device is named in messages: `tray-3/bmc (management, unit 50)`.
    public func name(ofDevice device: Int) -> String {
        let entry = inventory.devices[device]
        return "\(entry.path) (\(inventory.buses[entry.bus].name), unit \(entry.unit))"
    }

    /// What the device must answer when it is asked who it is.
    public func expectedIdentity(ofDevice device: Int) -> String {
        let entry = inventory.devices[device]
        return ([entry.specification] + entry.alternatives)
            .map { "\"\($0.probe?.expected ?? $0.identity.product)\"" }.joined(separator: " or ")
    }

    /// The device by whose state a tray's is told: its BMC, or what it has where it has none; `nil` without devices.
    public func head(ofTray tray: Int) -> Int? {
        let devices = inventory.devices.indices.filter { inventory.devices[$0].role == .tray(tray) }
        return devices.first { inventory.devices[$0].specification.deviceClass == .baseboardController }
            ?? devices.first
    }

    public func endpoint(ofDevice device: Int) -> MasterEndpoint? {
        channels.first { $0.devices.contains(device) }?.endpoint
    }
}

public struct ControlChannel: Sendable {
    /// Index in `ControllerInventory.buses`.
    public var bus: Int
    /// Indices in `ControllerInventory.devices`.
    public var devices: [Int]
    public var endpoint: MasterEndpoint
}

extension MasterEndpoint {
    init(_ endpoint: BusEndpoint) {
        switch endpoint {
        case .tcp(let host, let port): self = .tcp(host: host, port: port)
        case .serial(let path, let baud, let parity, let stopBits, let echoes):
            let parity: Parity =
                switch parity {
                case .none: .none
                case .even: .even
                case .odd: .odd
                }
            self = .rtu(device: path, baud: baud, parity: parity, stopBits: stopBits, echoes: echoes)
        }
    }
}
