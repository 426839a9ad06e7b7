internal import ArgumentParser
internal import RackControl
internal import RegisterMaps

/// `holding:ADDRESS:COUNT`, `input:ADDRESS:COUNT`, `write:ADDRESS=WORD[,WORD…]`, `coil:ADDRESS=0|1`, `text:OBJECT`.
struct RequestText: ExpressibleByArgument {
    var request: BusRequest

    init?(argument: String) {
        let parts = argument.split(whereSeparator: { ":=".contains($0) }).map(String.init)
        guard parts.count >= 2, let address = UInt16(parts[1]) else { return nil }
        switch (parts[0], parts.count) {
        case ("holding", 3), ("input", 3):
            guard let count = UInt16(parts[2]), (1...125).contains(count) else { return nil }
            request = .readRegisters(
                table: parts[0] == "input" ? .inputRegisters : .holdingRegisters, address: address, count: count)
        case ("write", 3):
            let words = parts[2].split(separator: ",").compactMap { UInt16($0) }
            guard (1...4).contains(words.count) else { return nil }
            request = .writeRegisters(address: address, words: RegisterWords(words))
        case ("coil", 3): request = .writeCoil(address: address, isOn: parts[2] == "1")
        case ("text", 2): request = .readIdentification(object: UInt8(clamping: address))
        default: return nil
        }
    }
}
