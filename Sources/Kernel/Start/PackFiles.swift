package import Definitions
import Store
import Values

/// The folder of a pack as texts, so that it can be kept in the database beside the model that was made of it.
package struct PackFiles: Sendable, Hashable {
    /// As in diagnostics, such as `Packs/trade`.
    package let folder: String
    /// By name within the folder, such as `objects/quotation.yaml`.
    package let texts: [String: String]

    package init(folder: String, texts: [String: String]) {
        self.folder = folder
        self.texts = texts
    }

    package var pack: Pack { .read(files: texts, directory: folder) }
}

/// The packs that a model is made of.
struct PackSet: Sendable {
    let packs: [Pack]
    /// Fingerprint of the packs' files.
    let digest: String
}

/// The packs of the model in force as the database keeps them: whoever has other ones works with these, so that a
/// change of the packs reaches every process without a restart.
struct StoredPacks {
    private static let kind = "packs"
    private static let key = "files"

    let connection: any Connection

    /// Keeps the files in the place of those of before; none when they are not at hand.
    func put(_ files: [PackFiles], digest: String, modelVersion: Int, at: Instant) throws {
        try Overlays(connection).put(
            kind: Self.kind, key: Self.key, document: files.isEmpty ? nil : Self.document(files, digest: digest),
            modelVersion: modelVersion, at: at, by: nil)
    }

    /// The packs with this fingerprint; nil when they are not kept.
    func packs(digest: String) throws -> PackSet? {
        guard let text = try Overlays(connection).all().first(where: { $0.kind == Self.kind })?.document else {
            return nil
        }
        return try Self.read(text, digest: digest)
    }

    private static func document(_ files: [PackFiles], digest: String) -> String {
        var writer = JSONBuilder()
        writer.object { writer in
            writer.field("digest", digest)
            writer.key("packs")
            writer.array { writer in
                for pack in files {
                    writer.object { writer in
                        writer.field("folder", pack.folder)
                        writer.key("files")
                        writer.object { writer in
                            for (name, text) in pack.texts.sorted(by: { $0.key < $1.key }) { writer.field(name, text) }
                        }
                    }
                }
            }
        }
        return writer.text
    }

    private static func read(_ text: String, digest: String) throws(JSONError) -> PackSet? {
        let document = try JSONReader.read(text)
        guard case .text(digest)? = document["digest"], case .array(let packs)? = document["packs"] else { return nil }
        let files = packs.compactMap { pack -> PackFiles? in
            guard case .text(let folder)? = pack["folder"], case .object(let members)? = pack["files"] else {
                return nil
            }
            var texts: [String: String] = [:]
            for member in members { if case .text(let text) = member.value { texts[member.name] = text } }
            return PackFiles(folder: folder, texts: texts)
        }
        return PackSet(packs: files.map(\.pack), digest: digest)
    }
}
