internal import Plant

/// The members of a device of which each is recorded: how many it has follows from where in the rack it stands.
extension RackDefinition {
    /// The shelves on the outlets of a rack PDU, in the order of its outlets: those of its feed, sixteen at most. The first
    /// PDU of a rack, number 0, has the first feed, and so on.
    public func outlets(ofPDU number: Int) -> [Int] {
        Array(plant.shelves.indices.filter { plant.shelves[$0].feed == number }.prefix(16))
    }

    func outlets(at attachment: DeviceDefinition.Attachment) -> [Int] {
        if case .rack(let number) = attachment { outlets(ofPDU: number) } else { [] }
    }

    /// The supplies or units of the shelf at which a device stands.
    func modules(at attachment: DeviceDefinition.Attachment) -> Int {
        switch attachment {
        case .shelf(let shelf): plant.shelves[shelf].supplyCount
        case .backupShelf(let shelf): plant.backups[shelf].unitCount
        default: 0
        }
    }

    /// The optical modules of the tray in which a device stands.
    func opticalModules(at attachment: DeviceDefinition.Attachment) -> Int {
        if case .tray(let tray) = attachment { plant.trays[tray].opticalModules } else { 0 }
    }
}
