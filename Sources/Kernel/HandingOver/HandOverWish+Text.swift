import Values

/// How a wish is kept.
extension HandOverWish {
    var text: String {
        func targets(_ name: String, _ map: [String: Target], _ builder: inout JSONBuilder) {
            builder.key(name)
            builder.object { builder in
                for (key, target) in map.sorted(by: { $0.key < $1.key }) { builder.field(key, target.text) }
            }
        }
        var builder = JSONBuilder(escaping: .minimal)
        builder.object { builder in
            builder.field("person", person.description)
            if let usual { builder.field("usual", usual.description) }
            targets("groups", groups, &builder)
            builder.key("rules")
            builder.array { builder in
                for rule in rules {
                    builder.object { builder in
                        builder.field("object", rule.object)
                        builder.field("condition", rule.condition)
                        builder.field("to", rule.to.description)
                    }
                }
            }
            targets("exceptions", exceptions, &builder)
            if let fireAt { builder.field("fire_at", fireAt.description) }
            builder.key("ends_account")
            builder.bool(endsAccount)
            builder.key("follows")
            builder.bool(follows)
            builder.field("note", note)
        }
        return builder.text
    }

    private static let malformed = Fault(code: "hand_over", detail: "what was kept of a hand-over can't be read")

    /// Reads what `text` wrote.
    init(_ text: String) throws {
        guard case .object(let parts) = try JSONText.read(Array(text.utf8)),
            let person = parts["person"].flatMap(Self.words).flatMap({ RecordID($0) })
        else { throw Self.malformed }
        self.init(person: person)
        usual = parts["usual"].flatMap(Self.words).flatMap { RecordID($0) }
        groups = Self.targets(parts["groups"])
        exceptions = Self.targets(parts["exceptions"])
        fireAt = parts["fire_at"].flatMap(Self.words).flatMap { Instant($0) }
        endsAccount = parts["ends_account"] == .bool(true)
        follows = parts["follows"] == .bool(true)
        note = parts["note"].flatMap(Self.words) ?? ""
        guard case .list(let items)? = parts["rules"] else { throw Self.malformed }
        rules = try items.map { item in
            guard case .object(let rule) = item, let object = rule["object"].flatMap(Self.words),
                let condition = rule["condition"].flatMap(Self.words),
                let to = rule["to"].flatMap(Self.words).flatMap({ RecordID($0) })
            else { throw Self.malformed }
            return Rule(object: object, condition: condition, to: to)
        }
    }

    private static func words(_ input: Input) -> String? { if case .text(let text) = input { text } else { nil } }

    private static func targets(_ input: Input?) -> [String: Target] {
        guard case .object(let members)? = input else { return [:] }
        return members.compactMapValues { words($0).flatMap { Target($0) } }
    }
}
