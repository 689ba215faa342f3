import Access
import Definitions
import Expressions
import Store
import Values

extension Kernel {
    func raiseNumber(
        _ object: String, _ field: String, _ next: Int, _ actor: Actor
    ) async throws -> Outcome {
        guard let series = snapshot.model.object(object)?.field(field)?.series else { throw Rejection.noSuchRecord }
        let day = Zones.day(of: surroundings.now(), in: actor.timeZone)
        let (snapshot, now) = (snapshot, surroundings.now())
        let sequence = try await account(as: actor) { connection, log in
            let numbers = Numbers(connection)
            let context = ReadContext(connection: connection, snapshot: snapshot, actor: actor, now: now)
            let places = try SeriesPlaces(context: context).ofActor(series.pattern)
            guard let shown = Numbers.shown(series.pattern, number: next, on: day, places: places) else {
                throw Rejection.noSuchRecord
            }
            let standing = try numbers.standings(of: object, field: field).first { $0.prefix == shown.prefix }
            let least = standing?.next ?? 1
            guard next >= least, next <= 999_999_999 else { throw Rejection.invalid([.numberGiven(least)]) }
            try numbers.raise(series, of: object, field: field, on: day, above: next - 1, places: places)
            return try log.note(
                .numberRaised,
                [
                    FieldChange(field: "series", before: .null, after: .text(object + "." + field)),
                    FieldChange(
                        field: "number", before: .decimal(ExactDecimal(least)), after: .decimal(ExactDecimal(next))),
                ])
        }
        return Outcome(sequence: sequence)
    }

    /// Papers are numbered by another pattern from now on; what was numbered keeps its number, and a number that stands
    /// at a record already is not given again.
    func setPattern(_ object: String, _ field: String, _ pattern: String, _ actor: Actor) async throws -> Outcome {
        guard let before = snapshot.model.object(object)?.field(field)?.series else { throw Rejection.noSuchRecord }
        let pattern = pattern.trimmed
        guard SeriesPattern.parts(of: pattern) != nil else { throw Rejection.invalid([.badPattern]) }
        guard pattern != before.pattern else { return Outcome() }
        let document = Self.overlay(object, field, pattern)
        _ = try await define([.merge(document: document)], dryRun: false, as: actor)
        let sequence = try await account(as: actor) { _, log in
            try log.note(
                .patternChanged,
                [
                    FieldChange(field: "series", before: .null, after: .text(object + "." + field)),
                    FieldChange(field: "pattern", before: .text(before.pattern), after: .text(pattern)),
                ])
        }
        return Outcome(sequence: sequence)
    }

    private static func overlay(_ object: String, _ field: String, _ pattern: String) -> String {
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("objects")
            writer.array { writer in
                writer.object { writer in
                    writer.field("id", object)
                    writer.key("fields")
                    writer.array { writer in
                        writer.object { writer in
                            writer.field("id", field)
                            writer.field("series", pattern)
                        }
                    }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Every series whose pattern changed goes on above the highest number that stands at a record already.
    static func raiseSeries(
        from before: Model, to after: Snapshot, on connection: any Connection, at now: Instant, as actor: Actor
    ) throws {
        let day = Zones.day(of: now, in: actor.timeZone)
        for object in after.model.liveObjects {
            for field in object.liveFields {
                guard let series = field.series, let old = before.object(object.id)?.field(field.id)?.series,
                    old.pattern != series.pattern
                else { continue }
                let context = ReadContext(
                    connection: connection, snapshot: after, actor: .system("series"), now: now)
                for places in try SeriesPlaces(context: context).all(series.pattern) {
                    let highest = try SeriesTaken(context: context).highest(
                        object.id, field.id, series.pattern, on: day, places)
                    if highest == 0 { continue }
                    try Numbers(connection).raise(
                        series, of: object.id, field: field.id, on: day, above: highest, places: places)
                }
            }
        }
    }
}

/// Which numbers of a pattern stand at records already: written by hand, brought in, or given by an earlier pattern.
struct SeriesTaken {
    let context: ReadContext

    private static let most = 20_000

    /// The highest number among the records whose field reads as the pattern on a day; 0 for none. One statement, for
    /// at most 20,000 records of one beginning.
    func highest(
        _ object: String, _ field: String, _ pattern: String, on day: Day, _ places: [String: String]
    ) throws -> Int {
        guard let shown = Numbers.shown(pattern, number: 0, on: day, places: places) else { return 0 }
        let digits = shown.text.dropFirst(shown.prefix.count).prefix { $0 == "0" }.count
        let suffix = String(shown.text.dropFirst(shown.prefix.count + digits))
        guard
            case .success(let begins) = ExpressionChecker(schema: context.model).check(
                "STARTSWITH(\(field), \(Self.quoted(shown.prefix)))", on: object,
                expecting: .bool)
        else { return 0 }
        let query = RecordQuery(
            object: object, predicates: [begins], context: context.evaluation, fields: [FieldPath([field])],
            sort: [SortKey(path: field, descending: true)], limit: Self.most, deleted: .any)
        return try context.store.select(query).compactMap { row -> Int? in
            guard let text = row[path: field].text, text.hasPrefix(shown.prefix), text.hasSuffix(suffix) else {
                return nil
            }
            let middle = text.dropFirst(shown.prefix.count).dropLast(suffix.count)
            return middle.utf8.allSatisfy { (0x30...0x39).contains($0) } && middle.utf8.count <= 9 ? Int(middle) : nil
        }.max() ?? 0
    }

    private static func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
}

/// The next numbers that a pattern would give, before it is taken. For who holds the privilege `define`.
package struct PreviewSeries: Question {
    package struct Answer: Sendable {
        /// The next three.
        package let numbers: [String]
        /// The number from which it goes on.
        package let next: Int
        /// The highest number of this pattern that a record has already; 0 for none.
        package let taken: Int
        /// The fields of each record whose codes the pattern asks for; the numbers are those of the asker's place.
        package let places: [String]
    }

    package var object: String
    package var field: String
    package var pattern: String

    package init(object: String, field: String, pattern: String) {
        self.object = object
        self.field = field
        self.pattern = pattern
    }

    /// - Throws: `forbidden` without the privilege, `not_found` for a field without numbers, `bad_pattern`.
    package func answer(in context: ReadContext) throws -> Answer {
        guard context.actor.isSystem || context.access.has("define") else { throw Rejection.notAllowed }
        guard context.model.object(object)?.field(field)?.series != nil else { throw Rejection.noSuchRecord }
        let day = context.evaluation.today
        let pattern = pattern.trimmed
        let places = try SeriesPlaces(context: context).ofActor(pattern)
        guard let first = Numbers.shown(pattern, number: 1, on: day, places: places) else {
            throw Rejection.invalid([.badPattern])
        }
        return try context.connection.beyondSight {
            let standing = try Numbers(context.connection).standings(of: object, field: field).first {
                $0.prefix == first.prefix
            }
            let taken = try SeriesTaken(context: context).highest(object, field, pattern, on: day, places)
            let next = max(standing?.next ?? 1, taken + 1)
            return Answer(
                numbers: (next..<next + 3).compactMap {
                    Numbers.shown(pattern, number: $0, on: day, places: places)?.text
                }, next: next, taken: taken, places: SeriesPattern.places(in: pattern))
        }
    }
}

extension Problem {
    fileprivate static func numberGiven(_ least: Int) -> Problem {
        Problem(
            field: "next", code: "number_given",
            message: Label(
                zh: "号码不能往回走：最小填 \(least)", en: "Numbers don't go back: the least is \(least)"))
    }

    static let badPattern = Problem(
        field: "pattern", code: "bad_pattern",
        message: Label(
            zh: "写成 Q{yymmdd}{###} 或 Q{region}{yymm}-{###}：花括号里是日期、区域或部门和一处 #；"
                + "有区域或部门时，# 前面要有一个不以数字结尾的字，免得两个号看起来一样。最多 60 个字符",
            en: "Write it as Q{yymmdd}{###} or Q{region}{yymm}-{###}: dates, region or department and one run of # in "
                + "braces. With region or department there is text before the # that ends in no digit, so that no two "
                + "numbers read alike. 60 characters at most"))
}
