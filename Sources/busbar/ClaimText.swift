internal import ModbusMaster

/// Why a controller may not begin: who has the places of its devices, in a line for each holder.
struct ClaimText {
    let lines: [String]

    init(_ conflicts: [PlaceClaims.Conflict], endpoints: [MasterEndpoint]) {
        var holders: [(holder: PlaceHolder, places: [MasterEndpoint])] = []
        for conflict in conflicts {
            let place = endpoints[conflict.endpoint]
            if let known = holders.firstIndex(where: { $0.holder == conflict.holder }) {
                if !holders[known].places.contains(place) { holders[known].places.append(place) }
            } else {
                holders.append((conflict.holder, [place]))
            }
        }
        lines = holders.map { holder, places in
            let more = places.count > 1 ? " and \(places.count - 1) more" : ""
            return
                "\(places[0])\(more): cannot control what is there: \(holder) does; end that one first, or look with "
                + "--dry-run where the devices are on TCP"
        }
    }
}
