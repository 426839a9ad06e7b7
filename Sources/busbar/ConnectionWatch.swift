internal import ControlLoop
internal import ModbusMaster

/// Tells when connections and serial devices are lost and found: a line for each place, however many channels meet there.
struct ConnectionWatch {
    private struct Place {
        var endpoint: MasterEndpoint
        var bus: Int
        var channels: [Int]
        /// `nil` until it was looked at for the first time.
        var connected: Int?
    }

    private var places: [Place] = []

    init(_ plan: ControlPlan) {
        for (index, channel) in plan.channels.enumerated() {
            if let known = places.firstIndex(where: { $0.endpoint == channel.endpoint && $0.bus == channel.bus }) {
                places[known].channels.append(index)
            } else {
                places.append(Place(endpoint: channel.endpoint, bus: channel.bus, channels: [index]))
            }
        }
    }

    /// What changed since the last call: the bus, and a sentence.
    mutating func changes(in pool: MasterPool) -> [(bus: Int, text: String)] {
        var found: [(bus: Int, text: String)] = []
        for index in places.indices {
            let place = places[index]
            let connected = place.channels.count { pool.isConnected($0) }
            let before = place.connected ?? place.channels.count
            places[index].connected = connected
            guard connected != before else { continue }
            let all = place.channels.count
            if connected == all {
                found.append((place.bus, "\(place.endpoint): connected again"))
            } else if before == all {
                let trouble = place.channels.lazy.filter { !pool.isConnected($0) }
                    .map { pool.health(of: $0).lastError }.first { !$0.isEmpty }
                let count = all == 1 ? "" : " (\(all - connected) of \(all) connections)"
                found.append(
                    (place.bus, "\(trouble ?? "\(place.endpoint): no connection")\(count); tried again"))
            }
        }
        return found
    }
}
