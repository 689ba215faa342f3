import Foundation

extension Desk {
    /// The file that was chosen now, else the one of the step before, which its form brings along; nil without one.
    var sentFile: SentFile? {
        if let file = Multipart(exchange)?.file, !file.bytes.isEmpty {
            return SentFile(name: file.name, bytes: file.bytes)
        }
        guard let bytes = Data(base64Encoded: field("kept")), !bytes.isEmpty else { return nil }
        return SentFile(name: field("kept_name"), bytes: Array(bytes))
    }
}
