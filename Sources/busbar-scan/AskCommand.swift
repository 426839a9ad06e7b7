internal import ArgumentParser
internal import ModbusMaster
internal import Units

struct AskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Carries out requests one after the other; one line each says what came of it.")

    @Argument(help: "tcp:HOST:PORT or rtu:DEVICE,BAUD,PARITY[,STOPBITS].")
    var endpoint: EndpointText

    @Argument(
        help: "holding:ADDRESS:COUNT, input:ADDRESS:COUNT, write:ADDRESS=WORD[,WORD...], coil:ADDRESS=0|1, text:OBJECT."
    )
    var requests: [RequestText]

    @Option(help: "Unit identifier.")
    var unit: UInt8 = 1

    @Option(help: "Milliseconds after which an answer counts as missing.")
    var timeout: Int64 = 1000

    func run() throws {
        let interrogation = try Interrogation(endpoint.endpoint)
        for request in requests {
            let reply = interrogation.ask(request.request, unit: unit, timeout: .milliseconds(timeout))
            print(interrogation.text(of: reply))
        }
        print(interrogation.healthText)
        interrogation.pool.stop()
    }
}
