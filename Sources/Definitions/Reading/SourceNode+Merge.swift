extension SourceNode {
    /// This node with another laid over it: maps merge by key, lists of things with an id merge by id, everything
    /// else is replaced. A null takes the key away.
    ///
    /// What stays of a thing keeps its place, so its `id` tells in which layer it was first defined.
    func merged(with over: SourceNode) -> SourceNode {
        switch (content, over.content) {
        case (.map(let below), .map(let above)):
            return SourceNode(.map(Self.merge(below, above)), at: place)
        case (.list(let below), .list(let above)):
            guard let key = Self.identity(of: below + above) else { return over }
            return SourceNode(.list(Self.merge(below, above, by: key)), at: place)
        default:
            return over
        }
    }

    private static func merge(_ below: [Entry], _ above: [Entry]) -> [Entry] {
        var merged = below
        for entry in above {
            let index = merged.firstIndex { $0.key == entry.key }
            if entry.value.isNull {
                if let index { merged.remove(at: index) }
            } else if let index {
                // The name stays where it was first written.
                if entry.key == "id" || entry.key == "code" { continue }
                let value = merged[index].value.merged(with: entry.value)
                merged[index] = Entry(entry.key, value, at: value == entry.value ? entry.place : merged[index].place)
            } else {
                merged.append(entry)
            }
        }
        return merged
    }

    private static func merge(_ below: [SourceNode], _ above: [SourceNode], by key: String) -> [SourceNode] {
        var merged = below
        var index: [String: Int] = [:]
        for (position, node) in below.enumerated() { index[node[key]?.scalar ?? ""] = position }
        for node in above {
            let id = node[key]?.scalar ?? ""
            if let position = index[id] {
                merged[position] = merged[position].merged(with: node)
            } else {
                index[id] = merged.count
                merged.append(node)
            }
        }
        return merged
    }

    /// The key by which all items are told apart, if they are things: `id`, `code`.
    private static func identity(of items: [SourceNode]) -> String? {
        for key in ["id", "code"] where !items.isEmpty && items.allSatisfy({ $0[key]?.scalar != nil }) { return key }
        return nil
    }

    /// Menu entries of this node before those of `below`; an entry for the same object changes that one.
    func menu(over below: [SourceNode]) -> [SourceNode] {
        let above = items ?? []
        let taken = above.compactMap { $0["object"]?.scalar }
        let changed = above.map { node in
            below.first { $0["object"]?.scalar == node["object"]?.scalar }.map { $0.merged(with: node) } ?? node
        }
        return changed + below.filter { !taken.contains($0["object"]?.scalar ?? "") }
    }

    /// This map with a key set.
    func setting(_ key: String, to value: SourceNode?) -> SourceNode {
        var entries = entries ?? []
        if let index = entries.firstIndex(where: { $0.key == key }) {
            if let value { entries[index].value = value } else { entries.remove(at: index) }
        } else if let value {
            entries.append(Entry(key, value))
        }
        return SourceNode(.map(entries), at: place)
    }
}
