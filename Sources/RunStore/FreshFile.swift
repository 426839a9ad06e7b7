internal import Foundation

/// A database is made anew for every run: the file of an earlier one goes, and a journal that a killed run left with it,
/// which would otherwise be rolled back into the new file.
enum FreshFile {
    static func removeDatabase(at path: String) throws {
        for suffix in ["", "-journal", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.removeItem(atPath: path + suffix)
        }
    }
}
