extension XMLElement {
    /// Makes the elements directly inside that have a local name those of a list, in its order; whatever else stands
    /// between them stays.
    ///
    /// - Parameters:
    ///   - wanted: what each of them is to be; one found by id, or else by its place, is handed to `change`, a new one
    ///     begins as an empty element.
    ///   - predecessors: local names after which the first one is put when there was none.
    package mutating func setAll<Item>(
        _ local: String, _ wanted: [Item], id: (Item) -> String?, after predecessors: [String] = [],
        change: (inout XMLElement, Item) -> Void
    ) {
        let places = children.indices.filter { place in
            if case .element(let element) = children[place] { element.isNamed(local, like: self) } else { false }
        }
        let old = places.map { place -> XMLElement in
            if case .element(let element) = children[place] { element } else { XMLElement(name) }
        }
        // An element serves one item only, even where a file gives an id twice.
        var free = Set(old.indices)
        let byID = Dictionary(grouping: old.indices.filter { old[$0].id != nil }, by: { old[$0].id ?? "" })
        let new = wanted.enumerated().map { index, item -> XMLElement in
            let same = id(item).flatMap { wanted in
                free.contains(index) && old[index].id == wanted
                    ? index : byID[wanted]?.first { free.contains($0) }
            }
            let byPlace = free.contains(index) && (old[index].id == nil || id(item) == nil) ? index : nil
            let source = same ?? byPlace
            if let source { free.remove(source) }
            var element = source.map { old[$0] } ?? XMLElement(name.sibling(local))
            change(&element, item)
            return element
        }
        for (place, element) in zip(places, new) { children[place] = .element(element) }
        if new.count < places.count {
            for place in places[new.count...].reversed() { removeChild(at: place) }
        } else if new.count > places.count {
            let after =
                places.last
                ?? children.lastIndex { child in
                    guard case .element(let element) = child else { return false }
                    return predecessors.contains { element.isNamed($0, like: self) }
                }
            insert(new[places.count...].map { $0 }, after: after)
        }
    }

    /// Removes a child and the blanks before it.
    private mutating func removeChild(at place: Int) {
        children.remove(at: place)
        if place > 0, case .text(let text) = children[place - 1], text.utf8.allSatisfy(Blanks.isBlank) {
            children.remove(at: place - 1)
        }
    }

    /// Puts elements behind a place, each with the blanks that stand before the one there; nil puts them at the end.
    package mutating func insert(_ elements: [XMLElement], after place: Int?) {
        var blanks: String?
        if let place, place > 0, case .text(let text) = children[place - 1], text.utf8.allSatisfy(Blanks.isBlank) {
            blanks = text
        }
        var next = place.map { $0 + 1 } ?? 0
        if place == nil, !children.isEmpty { next = children.count }
        for element in elements {
            if let blanks {
                children.insert(.text(blanks), at: next)
                next += 1
            }
            children.insert(.element(element), at: next)
            next += 1
        }
    }

    /// Changes the `text` element inside the element of this name, or makes both; nil removes the latter.
    package mutating func setText(of local: String, _ text: String?, after predecessors: [String] = []) {
        setAll(local, text.map { [$0] } ?? [], id: { _ in nil }, after: predecessors) { element, text in
            element.setAll("text", [text], id: { _ in nil }) { $0.setText($1) }
        }
    }
}
