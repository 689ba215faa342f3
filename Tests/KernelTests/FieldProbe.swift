import Definitions
import Kernel
import Values

/// One way to use a field by name.
enum FieldProbe: CaseIterable {
    case column, filter, countFilter, sort, group, measure, searchColumn, create, update, action

    /// What comes back, as text.
    func answer(_ world: CanaryWorld, _ object: String, _ field: String, _ actor: Actor) async throws -> String {
        let kernel = world.house.kernel
        let id = world.records[object] ?? world.records[object + ":lin"] ?? Staff.id("nobody")
        do {
            switch self {
            case .column: _ = try await kernel.answer(ListRecords(object: object, columns: [field]), as: actor)
            case .filter:
                _ = try await kernel.answer(ListRecords(object: object, filters: [field + " = 1"]), as: actor)
            case .countFilter:
                _ = try await kernel.answer(CountRecords(object: object, filters: ["ISBLANK(\(field))"]), as: actor)
            case .sort:
                let key = SortKey(path: field, descending: false)
                _ = try await kernel.answer(ListRecords(object: object, sort: [key]), as: actor)
            case .group:
                _ = try await kernel.answer(
                    GroupRecords(
                        object: object, filters: [], group: [field],
                        measures: [.init(id: "n", function: .count, of: nil)]), as: actor)
            case .measure:
                _ = try await kernel.answer(
                    GroupRecords(
                        object: object, filters: [], group: [], measures: [.init(id: "n", function: .max, of: field)]),
                    as: actor)
            case .searchColumn:
                _ = try await kernel.answer(ShowRecord(object: object, id: id, fields: [field]), as: actor)
            case .create:
                _ = try await kernel.perform(
                    Command(.create(object: object, Draft([field: .text("1")])), dryRun: true), as: actor)
            case .update:
                _ = try await kernel.perform(
                    Command(.update(object: object, id: id, Draft([field: .text("1")]), expecting: nil), dryRun: true),
                    as: actor)
            case .action:
                _ = try await kernel.perform(
                    Command(
                        .act(object: object, id: id, action: "assign", Draft([field: .text("1")]), expecting: nil),
                        dryRun: true), as: actor)
            }
            return "answered"
        } catch let refusal as Rejection {
            return "\(refusal)"
        }
    }
}
