/// The two busbars of Open Rack, told apart by the voltage that the supplies give without load.
public enum BusbarLevel: Hashable, Sendable, BitwiseCopyable {
    /// Open Rack V2: 12.5 V.
    case twelve
    /// Open Rack V3: 48 V to 51 V.
    case fortyEight

    /// 24 V lies between all of the one and all of the other.
    public init(noLoadVoltage: Double) { self = noLoadVoltage < 24 ? .twelve : .fortyEight }

    /// V below which trays switch themselves off: typical under-voltage lock-outs of 12 V and 48 V hot-swap stages.
    public var lockOutVoltage: Double {
        switch self {
        case .twelve: 10
        case .fortyEight: 40
        }
    }

    /// V above which they come back. Typical: the low end of what the loads work at, 11...13.2 V and the 46...52 V of Open
    /// Rack V3 devices.
    public var restoreVoltage: Double {
        switch self {
        case .twelve: 11
        case .fortyEight: 46
        }
    }

    /// F. Input capacitors of a tray; typical, 5 mF behind each 48 V hot-swap stage, and ten times as much on a 12 V board.
    public var capacitancePerTray: Double {
        switch self {
        case .twelve: 0.05
        case .fortyEight: 0.005
        }
    }
}

extension PlantConfiguration {
    /// Of its one busbar; that of Open Rack V3 where there is no shelf.
    public var busbarLevel: BusbarLevel {
        BusbarLevel(noLoadVoltage: shelves.map(\.supply.noLoadVoltage).max() ?? 51)
    }
}
