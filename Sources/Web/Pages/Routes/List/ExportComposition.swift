import Definitions
import Kernel
import Values

/// Makes the export page of a list and the templates of its reader.
struct ExportComposition {
    let eyes: Presentation
    let definition: ObjectDefinition
    let address: ListAddress
    let sheet: ListSheet.Answer
    /// Id of the template that is shown; nil: the columns of the list.
    let template: String?

    private var object: String { definition.id }

    /// - Parameter refused: what was chosen and could not be kept, in the place of the template.
    func page(as refused: SheetTemplate? = nil) -> ExportPage {
        let shown = sheet.kept.sheets.first { $0.id.description == template }
        let kept = refused ?? shown.map { SheetTemplate($0.content) }
        let here = address.url(at: "")
        var page = ExportPage(object: object, plural: definition.plural, here: here, listURL: address.url)
        let base = Paths.exports(object) + here
        page.templates = [
            (eyes.say(Label(zh: "列表现在的列", en: "Columns of the list")), base, shown == nil)
        ]
        page.templates += sheet.kept.sheets.map { one in
            (
                one.name, base + (here.isEmpty ? "?" : "&") + "template=" + one.id.description, one == shown
            )
        }
        let chosen = (kept?.columns ?? sheet.columns).filter { eyes.isReadable($0, of: object) }
        page.columns = columns(chosen, kept?.heads ?? [:])
        page.isText = kept?.isText ?? false
        page.template = shown
        page.name = shown?.name ?? ""
        page.audience = shown?.audience ?? .mine
        page.audiences = eyes.sight.has("define") ? [.mine, .team, .all] : [.mine, .team]
        page.conditions = address.filters.count + (address.search.isEmpty ? 0 : 1)
        page.viewName =
            sheet.kept.views.first { $0.id.description == address.view }?.name
            ?? sheet.view.map { eyes.say($0.label) } ?? ""
        if eyes.sight.has("import"), eyes.sight.canCreate(object) {
            page.fillInURL = Paths.fillIn(object) + (shown.map { "?template=" + $0.id.description } ?? "")
        }
        return page
    }

    private func columns(_ chosen: [String], _ heads: [String: String]) -> [ExportPage.Column] {
        var out = chosen.map {
            ExportPage.Column(path: $0, label: eyes.label($0, of: object), head: heads[$0] ?? "", isChosen: true)
        }
        for field in definition.liveFields where !chosen.contains(field.id) {
            switch field.type {
            case .lines, .files, .json: continue
            default: break
            }
            guard !["id", "version", "deleted_at"].contains(field.id), eyes.isReadable(field.id, of: object) else {
                continue
            }
            out.append(
                ExportPage.Column(path: field.id, label: eyes.say(field.label), head: "", isChosen: false))
        }
        return out
    }
}
