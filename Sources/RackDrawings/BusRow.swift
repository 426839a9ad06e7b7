import DeviceSpecs
public import Scenario
import Units

/// One bus with what is on it.
public struct BusRow: Sendable {
    public var name: String
    /// `RTU 115200 baud, even parity`, `TCP, 1 ms`.
    public var medium: String
    /// `power monitor busbar-pm-1: 16-23`, one for each model.
    public var devices: [String]
    public var count: Int

    /// The buses of a rack, in the order of its file.
    public static func rows(of rack: RackDefinition) -> [BusRow] {
        rack.buses.indices.map { bus in
            let own = rack.devices.filter { $0.bus == bus }
            var models: [String] = []
            for device in own where !models.contains(device.specification.model) {
                models.append(device.specification.model)
            }
            let devices = models.map { model in
                let same = own.filter { $0.specification.model == model }
                let title = same.first?.specification.deviceClass?.title ?? "registers"
                return "\(title) \(model): " + ElevationSlot.ranges(same.map(\.unit).sorted())
            }
            return BusRow(
                name: rack.buses[bus].name, medium: words(rack.buses[bus].medium), devices: devices, count: own.count)
        }
    }

    private static func words(_ medium: BusDefinition.Medium) -> String {
        switch medium {
        case .rtu(let baud, let parity): "RTU, \(baud) baud, \(parity.rawValue) parity"
        case .tcp(let latency, _): "TCP, \(AmountText.time(latency)) there and back"
        }
    }
}
