internal import ArgumentParser
internal import ModbusServer
internal import Scenario

/// `NAME=PLACE`, as `--bus` takes it.
struct BusOption: ExpressibleByArgument {
    var name: String
    /// As it was typed, for messages and for the line that repeats a run.
    var text: String
    /// Or what is wrong with it: all mistakes are told at once.
    var place: Result<ServedPlace, ServedPlaceMistake>

    static let forms = "NAME=PLACE with a PLACE such as \(ServedPlace.forms) (PORT alone means 127.0.0.1:PORT)"

    init?(argument: String) {
        guard let sign = argument.firstIndex(of: "="), sign != argument.startIndex else { return nil }
        text = argument
        name = String(argument[..<sign])
        let place = String(argument[argument.index(after: sign)...])
        self.place = Result { () throws(ServedPlaceMistake) in try ServedPlace(parsing: place) }
    }

    /// The same for an option, which says what it wants.
    static func parsed(_ argument: String) throws -> BusOption {
        if let option = BusOption(argument: argument) { return option }
        let name = argument.prefix { $0 != "=" }
        let example = name.isEmpty ? "trays=tcp:1502" : "\(name)=tcp:1502"
        throw ValidationError("expected \(forms); found no \(name.isEmpty ? "name" : "place"); write --bus \(example)")
    }

    /// A sentence for a person; `nil` where all is well.
    var mistake: String? {
        guard case .failure(let mistake) = place else { return nil }
        return "--bus \(text): expected \(mistake.expected), found \(mistake.found)"
    }
}

/// `ADDRESS[/BITS]`, as `--allow` takes it.
struct AllowOption: ExpressibleByArgument {
    /// As it was typed.
    var text: String
    var range: AddressRange?

    init?(argument: String) {
        text = argument
        range = AddressRange(argument)
    }

    var mistake: String? {
        range == nil
            ? "--allow \(text): expected an address or a network without bits behind its mask, such as 10.1.2.3, "
                + "10.1.0.0/16 or fd00::/8"
            : nil
    }
}
