import Definitions
import Kernel
import Values

/// The tabs of a record's page, and how the open one can be narrowed.
extension RecordComposition {
    func related() -> [RecordDetailPage.Related] {
        eyes.related(of: definition, at: record).compactMap { list in
            guard let other = eyes.model.object(list.object), !other.retired else { return nil }
            let tab = RelatedTab.id(list, in: definition)
            let isOpen = tab == self.tab
            let rows = isOpen ? sheet.related?.rows.prefix(50).map(\.self) ?? [] : []
            var out = RecordDetailPage.Related(
                id: tab, label: eyes.say(other.plural), object: list.object,
                table: eyes.table(rows, columns: list.columns, of: list.object, label: eyes.say(other.plural)))
            if isOpen, sheet.related?.next == nil { out.count = rows.count }
            if eyes.sight.canCreate(list.object), !sheet.isDeleted {
                out.createURL = Paths.new(list.object) + "?" + list.via + "=" + id
            }
            if isOpen {
                let narrowed = RelatedFilter(query)
                let conditions = ["\(list.via) = \"\(id)\""] + narrowed.conditions(other, eyes)
                out.wholeURL =
                    Paths.list(list.object) + "?filter=" + Paths.encoded(conditions.joined(separator: " AND "))
                out.hasMore = sheet.related?.next != nil
                out.narrowing = narrowing(narrowed, other, list, tab)
            }
            return out
        }
    }

    /// The chips and orders of the open list.
    private func narrowing(
        _ narrowed: RelatedFilter, _ other: ObjectDefinition, _ list: RelatedList, _ tab: String
    ) -> RecordDetailPage.Narrowing {
        var out = RecordDetailPage.Narrowing(text: narrowed.text, isSet: narrowed.isSet)
        out.hidden = [("tab", tab), ("is", narrowed.state), ("by", narrowed.sort)].filter { !$0.1.isEmpty }
        func url(_ one: RelatedFilter) -> String { one.url(object, id, tab: tab) }
        let counts = sheet.relatedStates
        if let states = other.states, case .choice(let codes)? = other.field(states.field)?.type, counts.count > 1 {
            let all = counts.values.reduce(0, +)
            out.chips = [(eyes.say(Words.all), all, url(narrowed.with(state: "")), narrowed.state.isEmpty)]
            let open = counts.filter { states.state($0.key)?.final != true }.values.reduce(0, +)
            if open > 0, open < all {
                out.chips.append(
                    (
                        eyes.say(Words.openOnly), open, url(narrowed.with(state: RelatedFilter.open)),
                        narrowed.state == RelatedFilter.open
                    ))
            }
            for code in eyes.model.lists[codes]?.codes ?? [] where counts[code.code] ?? 0 > 0 {
                out.chips.append(
                    (
                        eyes.say(code.label), counts[code.code] ?? 0, url(narrowed.with(state: code.code)),
                        narrowed.state == code.code
                    ))
            }
        }
        for column in list.columns where eyes.isUsable(column, of: other.id) && eyes.isReadable(column, of: other.id) {
            let label = eyes.label(column, of: other.id)
            for (sort, arrow) in [("-" + column, "↓"), (column, "↑")] {
                out.orders.append((label + " " + arrow, url(narrowed.with(sort: sort)), narrowed.sort == sort))
            }
        }
        out.clearURL = url(RelatedFilter(sort: narrowed.sort))
        return out
    }
}
