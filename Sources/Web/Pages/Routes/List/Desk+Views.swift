import Definitions
import Kernel
import Values

extension Desk {
    /// Saved views: `POST /o/company/views` keeps, arranges, opens by default or removes.
    func keepView(_ object: String) async throws -> Reply {
        let back = Pages.local(field("back").isEmpty ? Paths.list(object) : field("back"))
        do {
            switch field("do") {
            case "keep": return try await keep(object)
            case "remove":
                guard let id = RecordID(field("id")) else { throw Rejection.noSuchPath }
                _ = try await kernel.perform(Command(.views(.remove(id))), as: actor)
                return done(Paths.list(object), context[Label(zh: "视图已删除", en: "View removed")])
            case "first":
                let content = field("content")
                _ = try await kernel.perform(
                    Command(.views(.arrange(object: object, view: Self.firstView, content: content))), as: actor)
                let text = Label(zh: "以后先打开这个视图", en: "This view opens first from now on")
                return done(
                    back, context[content.isEmpty ? Label(zh: "已恢复默认视图", en: "Back to the usual view") : text])
            case "arrange": return try await arrange(object, back)
            default: throw Rejection.noSuchPath
            }
        } catch let rejection as Rejection where rejection.kind == .invalid && !isFetch {
            let reasons = rejection.problems.isEmpty ? [rejection.message] : rejection.problems.map(\.message)
            return done(back, reasons.map { context[$0] }.joined(separator: " · "), isError: true)
        }
    }

    /// The arrangement under this name says what opens when no view is asked for.
    static let firstView = "*first"

    private func keep(_ object: String) async throws -> Reply {
        let id = RecordID(field("id"))
        let outcome = try await kernel.perform(
            Command(
                .views(
                    .keep(
                        id: id, object: object, name: field("name"),
                        audience: ViewAudience(rawValue: field("audience")) ?? .mine, content: field("content")))),
            as: actor)
        let kept = outcome.created.first?.id.description ?? ""
        let target = ListAddress(object: object, view: kept, content: field("content"))
        return done(target.url, context[Label(zh: "视图已保存", en: "View saved")])
    }

    /// Columns and widths: what is not sent stays.
    private func arrange(_ object: String, _ back: String) async throws -> Reply {
        let view = field("view")
        let kept = try await kernel.answer(ViewsOf(object: object), as: actor)
        var arrangement = ListArrangement(kept.arrangements[view] ?? "")
        let columns = fields.filter { $0.name == "columns" }.flatMap { $0.value.split(separator: ",") }.map(String.init)
        if !columns.isEmpty { arrangement.columns = ordered(columns) }
        for (name, value) in fields where name.hasPrefix("w.") {
            arrangement.widths[String(name.dropFirst(2))] = Int(value)
        }
        if field("reset") == "1" { arrangement = ListArrangement("") }
        if field("into") == "1", let saved = kept.views.first(where: { $0.id.description == view }) {
            return try await keep(ordered(columns), in: saved, of: object, arrangement)
        }
        _ = try await kernel.perform(
            Command(.views(.arrange(object: object, view: view, content: arrangement.content))), as: actor)
        if isFetch { return Reply(status: 204) }
        return .redirect(to: back)
    }

    /// Columns become those of the saved view, for everybody who has it.
    private func keep(
        _ columns: [String], in saved: ViewsOf.View, of object: String, _ arrangement: ListArrangement
    ) async throws -> Reply {
        let target = ListAddress(saved, of: object).with { $0.columns = columns }
        var widths = arrangement
        widths.columns = []
        let steps: [ViewCommand] = [
            .keep(
                id: saved.id, object: object, name: saved.name, audience: saved.audience, content: target.content),
            .arrange(object: object, view: saved.id.description, content: widths.content),
        ]
        for step in steps { _ = try await kernel.perform(Command(.views(step)), as: actor) }
        return done(target.url, context[Label(zh: "视图已保存", en: "View saved")])
    }

    /// Where to go when a list is opened without saying which view, or a saved view by its id alone.
    func openedView(_ address: ListAddress) async throws -> Reply? {
        let isBare = exchange.query.allSatisfy { $0.name == "view" }
        guard isBare, address.view == nil || address.view.flatMap({ RecordID($0) }) != nil else { return nil }
        let kept = try await kernel.answer(ViewsOf(object: address.object), as: actor)
        let wanted = address.view ?? kept.arrangements[Self.firstView]
        guard let wanted else { return nil }
        if let view = kept.views.first(where: { $0.id.description == wanted }) {
            return .redirect(to: ListAddress(view, of: address.object).url)
        }
        return address.view == nil && RecordID(wanted) == nil
            ? .redirect(to: Paths.list(address.object, view: wanted)) : nil
    }

    /// The list without the conditions that can't be used any more, or not by this reader; says which they were.
    func withoutBroken(_ address: ListAddress, _ rejection: Rejection) async throws -> Reply {
        var broken: [String] = []
        for filter in address.filters {
            do {
                _ = try await kernel.answer(
                    CountRecords(object: address.object, filters: [filter], cap: 1), as: actor)
            } catch let problem as Rejection where problem.code == "bad_filter" {
                broken.append(filter)
            }
        }
        guard !broken.isEmpty else { throw rejection }
        let url = address.with { $0.filters.removeAll { broken.contains($0) } }.url
        let names = broken.joined(separator: "；")
        return done(
            url,
            context[
                Label(
                    zh: "条件“\(names)”用不了，列表里没有它", en: "The condition “\(names)” can't be used; the list is without it")
            ], isError: true)
    }

    /// `GET /o/company/figures?…`: the count and the sums under the columns.
    func figures(_ object: String) async throws -> Reply {
        let look = context
        let sheet = ListSheet(address: ListAddress(exchange, object: object)) { Presentation(sight: $0, page: look) }
        let answer = try await kernel.answer(ListFigures(sheet: sheet), as: actor)
        let eyes = Presentation(sight: answer.sight, page: look)
        var writer = JSONBuilder()
        writer.object { writer in
            writer.key("count")
            writer.int(answer.count.count)
            writer.key("capped")
            writer.bool(answer.count.isCapped)
            writer.key("sums")
            writer.object { writer in
                for (column, sum) in answer.sums.sorted(by: { $0.key < $1.key }) {
                    writer.field(column, ListSums.shown(sum, column, of: object, eyes))
                }
            }
        }
        return .json(writer)
    }
}
