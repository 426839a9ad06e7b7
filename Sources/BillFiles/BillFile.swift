public import Delivery
public import Scenario
public import ScenarioFiles
public import YAMLReading

/// Bills of parts: what a rack's control layer is made of, who delivers it, and how many racks are wanted.
public enum BillFile {
    /// Loads a bill and checks it against the rack that it is for; every mistake in it is reported.
    ///
    /// - Parameter rack: `nil` when the rack has mistakes of its own: then the bill is checked as far as it goes without.
    public static func load(
        path: String, rack: RackDefinition?, files: ProjectFiles
    ) -> (BillOfParts?, [Problem]) {
        let (text, problems) = ProjectFiles.contents(at: path)
        guard let text else { return (nil, problems) }
        return read(text, file: path, rack: rack, files: files)
    }

    public static func read(
        _ text: String, file: String, rack: RackDefinition?, files: ProjectFiles
    ) -> (BillOfParts?, [Problem]) {
        let log = ProblemLog(file: file)
        guard let mapping = YAMLFile.root(of: text, log: log)?.mapping("the mapping of a bill") else {
            return (nil, log.problems)
        }
        let reader = BillReader(stock: rack.map(RackStock.init), files: files)
        let bill = reader.read(mapping)
        let problems = (log.problems + reader.library.problems).sorted()
        return problems.isEmpty ? (bill, []) : (nil, problems)
    }
}
