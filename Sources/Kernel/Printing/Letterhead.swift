import Access
import Definitions
import Documents
import Expressions
import Store
package import Values

extension Model {
    /// The object whose first record is the house on its documents, with the files field of its logo; nil when no
    /// document names one.
    package var letterhead: (object: String, logo: String?)? {
        let prints = liveObjects.compactMap(\.print)
        guard let object = prints.compactMap(\.sellerObject).first else { return nil }
        return (object, prints.first { $0.sellerObject == object && $0.seller.logo != nil }?.seller.logo)
    }
}

/// The house's own record, that of its letterhead, and its logo. A letterhead is no secret: for everybody.
package struct Letterhead: Question {
    package struct House: Sendable {
        package let object: String
        /// Nil before the record was made.
        package let record: RecordID?
        package let logo: Logo?
    }

    package struct Logo: Sendable, Hashable {
        /// Of the content: another picture has another one.
        package let hash: String
        package let name: String
        /// `image/png` or `image/jpeg`.
        package let mediaType: String
        let digest: [UInt8]
    }

    package static var isOfTheHouse: Bool { true }

    package init() {}

    /// Two statements; nil where no document has a letterhead.
    package func answer(in context: ReadContext) throws -> House? {
        guard let head = context.model.letterhead else { return nil }
        let query = RecordQuery(
            object: head.object, context: context.evaluation, fields: [FieldPath(["id"])],
            sort: [SortKey(path: "created_at", descending: false)], limit: 1)
        let record = try context.store.select(query).first?.id
        return House(
            object: head.object, record: record,
            logo: try record.flatMap { id in try head.logo.flatMap { try Self.logo(of: id, field: $0, context) } })
    }

    /// The newest file in the field that is a picture to print.
    static func logo(of record: RecordID, field: String, _ context: ReadContext) throws -> Logo? {
        let files = try Attachments(context.connection).list(of: record, field: field)
        return files.last { ["image/png", "image/jpeg"].contains($0.mediaType) }.map {
            Logo(hash: Secrets.hex($0.hash), name: $0.name, mediaType: $0.mediaType, digest: $0.hash)
        }
    }
}

/// The bytes of the house's logo; nil without one.
package struct LogoPicture: Question {
    package static var isOfTheHouse: Bool { true }

    package init() {}

    package func answer(in context: ReadContext) throws -> (logo: Letterhead.Logo, bytes: [UInt8])? {
        guard let logo = try context.ask(Letterhead())?.logo,
            let bytes = try Attachments(context.connection).content(hash: logo.digest)
        else { return nil }
        return (logo, bytes)
    }
}
