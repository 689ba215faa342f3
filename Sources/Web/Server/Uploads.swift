import Foundation
import Kernel

/// Files that were sent to be imported, under random names in one folder.
package struct Uploads: Sendable {
    let folder: String

    /// Writes the bytes; the name tells nothing and can't be guessed.
    func keep(_ bytes: [UInt8]) throws -> String {
        let path = folder + "/" + Secrets.token()
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    func forget(_ path: String) {
        unlink(path)
    }

    /// Removes what nobody came back for in eight days; until then an import can go on or hand back its rows.
    func sweep() {
        let manager = FileManager.default
        // A folder that can't be read has nothing to sweep.
        for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? [] {
            let path = folder + "/" + name
            // A file that is gone meanwhile needs no sweeping.
            guard let changed = try? manager.attributesOfItem(atPath: path)[.modificationDate] as? Date,
                changed.timeIntervalSinceNow < -8 * 86_400
            else { continue }
            unlink(path)
        }
    }

    /// The file with this name, if it is one of ours.
    func path(_ token: String) -> String? {
        guard !token.isEmpty, token.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        else {
            return nil
        }
        let path = folder + "/" + token
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }
}
