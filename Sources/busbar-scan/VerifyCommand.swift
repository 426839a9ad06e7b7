internal import ArgumentParser
internal import ModbusMaster
internal import ModbusWire
internal import RackControl
internal import RegisterMaps
internal import Units

/// Against a server whose registers hold their own addresses, and which may answer as late as it likes.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Reads registers that hold their own addresses; exit code 1 when one was taken for another.")

    @Argument(help: "tcp:HOST:PORT or rtu:DEVICE,BAUD,PARITY[,STOPBITS].")
    var endpoint: EndpointText

    @Option(help: "Unit identifier.")
    var unit: UInt8 = 1

    @Option(help: "Requests.")
    var count = 500

    @Option(help: "Milliseconds after which an answer counts as missing.")
    var timeout: Int64 = 20

    func run() throws {
        let interrogation = try Interrogation(endpoint.endpoint)
        var (right, wrong, silent, other) = (0, 0, 0, 0)
        for number in 0..<count {
            let address = UInt16(number * 7 % 900)
            let reply = interrogation.ask(
                .readRegisters(table: .holdingRegisters, address: address, count: 2), unit: unit,
                timeout: .milliseconds(timeout))
            switch reply {
            case .registers:
                let isRight = interrogation.words[0] == address && interrogation.words[1] == address + 1
                if isRight { right += 1 } else { wrong += 1 }
            case .timeout: silent += 1
            default: other += 1
            }
        }
        print("right \(right) wrong \(wrong) timeouts \(silent) other \(other)")
        print(interrogation.healthText)
        interrogation.pool.stop()
        if wrong > 0 || right == 0 { throw ExitCode(1) }
    }
}
