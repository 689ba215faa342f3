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
