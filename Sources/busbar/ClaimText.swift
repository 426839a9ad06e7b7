internal import ModbusMaster

/// Who has the places of a controller's devices.
struct ClaimText {
    /// The places and who has them, in a line for each holder: `127.0.0.1:502 and 2 more`, `process 4711 (busbar control)`.
    private let holders: [(places: String, name: String)]

    init(_ conflicts: [PlaceClaims.Conflict], endpoints: [MasterEndpoint]) {
        var found: [(holder: PlaceHolder, places: [MasterEndpoint])] = []
        for conflict in conflicts {
            let place = endpoints[conflict.endpoint]
            if let known = found.firstIndex(where: { $0.holder == conflict.holder }) {
                if !found[known].places.contains(place) { found[known].places.append(place) }
            } else {
                found.append((conflict.holder, [place]))
            }
        }
        holders = found.map { holder, places in
            let more = places.count > 1 ? " and \(places.count - 1) more" : ""
            return ("\(places[0])\(more)", holder.description)
        }
    }

    /// Why a controller may not begin.
    var refusals: [String] {
        holders.map { places, name in
            "\(places): cannot control what is there: \(name) does; end that one first, wait for its end with --standby, or "
                + "look with --dry-run where the devices are on TCP"
        }
    }

    /// Whom a standby waits for.
    var waits: [String] { holders.map { places, name in "standby: \(places): waits; \(name) controls what is there" } }

    var names: String { holders.map(\.name).joined(separator: ", ") }
}
