public import DeviceSpecs
internal import Foundation
public import YAMLReading

/// The folder `Firmware-specs`, where device types are found by their model names.
public struct SpecFolder: Sendable {
    public static let name = "Firmware-specs"

    public var path: String

    public init(path: String) { self.path = path }

    /// The folder in `root`, the directory named by BUSBAR_ROOT or the current one.
    public init(root: String) { self.init(path: root == "." ? Self.name : "\(root)/\(Self.name)") }

    /// The paths of all specs, by name.
    public func files() throws(FileTrouble) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { $0.hasSuffix(".yaml") }.sorted().map { "\(path)/\($0)" }
        } catch {
            throw FileTrouble(path: path, reason: "no such folder; run busbar in its own directory or set BUSBAR_ROOT")
        }
    }

    /// The path of a model's spec, whether it exists or not.
    public func file(ofModel model: String) -> String { "\(path)/\(model).yaml" }

    /// Reads the spec of a model. A spec that gives itself another name than its file is a problem, since racks find
    /// device types by it.
    public func load(model: String) throws(FileTrouble) -> (DeviceSpecification?, [Problem]) {
        let file = file(ofModel: model)
        guard FileManager.default.fileExists(atPath: file) else {
            let models = try files().map { String($0.dropFirst(path.count + 1).dropLast(5)) }
            let hint =
                models.nearest(to: model).map { "; did you mean \"\($0)\"?" }
                ?? "; models there: \(models.joined(separator: ", "))"
            throw FileTrouble(path: file, reason: "no such model\(hint)")
        }
        let (specification, problems) = try SpecFile.load(path: file, library: self)
        guard let specification, specification.model != model else { return (specification, problems) }
        let text =
            "expected \"model: \(model)\", as the file is named, found \"\(specification.model)\"; rename one of them"
        return (nil, [Problem(file: file, line: 0, column: 0, text: text)])
    }
}
