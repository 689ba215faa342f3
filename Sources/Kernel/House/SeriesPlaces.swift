import Definitions
import Expressions
import Flow
import Store
import Values

/// The codes of regions and departments that stand in numbers.
struct SeriesPlaces {
    /// The most of each that are looked at.
    private static let most = 200

    let context: ReadContext

    /// Where somebody or a record belongs, by the fields that a pattern asks for. One statement for each.
    func codes(_ pattern: String, _ belongs: (String) -> RecordID?) throws -> [String: String] {
        var out: [String: String] = [:]
        for place in SeriesPattern.places(in: pattern) {
            guard let id = belongs(place), hasCode(place) else { continue }
            let row = try context.connection.beyondSight {
                try context.store.find(place, id, fields: [FieldPath(["code"])], context: context.evaluation)
            }
            out[place] = row?[path: "code"].text
        }
        return out
    }

    /// Of the asker's own place.
    func ofActor(_ pattern: String) throws -> [String: String] {
        let actor = context.actor
        return try codes(pattern) { $0 == "region" ? actor.region : actor.department }
    }

    /// Every combination in which a pattern can be read, that of records without a place among them.
    func all(_ pattern: String) throws -> [[String: String]] {
        var out: [[String: String]] = [[:]]
        for place in SeriesPattern.places(in: pattern) where hasCode(place) {
            let query = RecordQuery(
                object: place, context: context.evaluation, fields: [FieldPath(["code"])], limit: Self.most)
            let codes = try context.connection.beyondSight { try context.store.select(query) }.compactMap {
                $0[path: "code"].text
            }
            out += out.flatMap { known in codes.map { known.merging([place: $0]) { $1 } } }
        }
        return out
    }

    private func hasCode(_ place: String) -> Bool {
        guard let object = context.model.object(place), !object.retired, let code = object.field("code") else {
            return false
        }
        return !code.retired
    }
}
