import Access
import Definitions
import Store
import Values

/// Brings records that run by an older version of a process to the one in force: all or none, and a rehearsal tells
/// beforehand.
///
/// Each open leg goes to the leg of the same id, or to the one named for it, of the same object. Who holds it, since
/// when, and what is left of its time stay as they are.
struct RelayMigration {
    let context: ReadContext

    /// Open legs in one migration.
    static let most = 20_000

    func run(_ id: String, _ names: [String: String]) throws -> Outcome {
        guard context.actor.isSystem || context.access.has("define") else { throw Rejection.notAllowed }
        guard let process = context.model.process(id),
            let object = process.objects.first, let version = context.snapshot.processes.current(of: object)
        else { throw Rejection.noSuchRecord }
        let legs = Legs(context.connection)
        let open = try legs.open(process: id, besides: version.digest, limit: Self.most + 1)
        guard open.count <= Self.most else { throw Rejection.tooManyLegs }
        var problems: [Problem] = []
        var found: [String: Int] = [:]
        for entry in open {
            let name = names[entry.leg] ?? entry.leg
            guard let target = process.leg(name), target.object == entry.object else {
                problems.append(.noLeg(entry.leg))
                continue
            }
            found[entry.leg + (name == entry.leg ? "" : " → " + name), default: 0] += 1
            try legs.rebind(entry.id, leg: target.id, to: version.digest)
        }
        guard problems.isEmpty else {
            throw Rejection(
                .conflict, code: "legs_unmapped",
                message: Label(
                    zh: "有 \(problems.count) 条在途记录的环节在新版本里没有对应，什么都没有改",
                    en:
                        "\(problems.count) running records stand in a leg that the new version has not; nothing was changed"
                ),
                problems: Array(Set(problems)).sorted { ($0.field ?? "") < ($1.field ?? "") })
        }
        if !open.isEmpty {
            try ProcessVersions(context.connection).keep(
                version.digest, process: id, document: process.document, at: context.now)
        }
        return Outcome(
            warnings: found.sorted { $0.key < $1.key }.map { leg, count in
                Problem(
                    field: leg, code: "moved",
                    message: Label(zh: "\(leg)：\(count) 条", en: "\(leg): \(count) records"))
            })
    }
}

extension Problem {
    fileprivate static func noLeg(_ leg: String) -> Problem {
        Problem(
            field: leg, code: "no_such_leg",
            message: Label(zh: "新版本没有 “\(leg)”，请指定对应环节", en: "The new version has no “\(leg)”; name the leg it goes to")
        )
    }
}

extension Rejection {
    fileprivate static let tooManyLegs = Rejection(
        .tooLarge, code: "too_many_legs",
        message: Label(
            zh: "在途记录超过 \(RelayMigration.most) 条，一次迁移不完",
            en: "More than \(RelayMigration.most) records are running; that is too many at once"))
}
