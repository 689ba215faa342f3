import Expressions

/// Documents: every text is checked on the object it is over.
extension ModelLinker {
    mutating func print(_ raw: RawPrint, of object: RawObject) -> PrintDefinition? {
        let id = object.id.value
        guard let kind = raw.kind, let number = text(raw.single["number"], on: id),
            let date = text(raw.single["date"], on: id)
        else {
            report(
                "print_incomplete", at: raw.place, "打印定义缺少 kind、number 或 date",
                "The print definition lacks kind, number or date")
            return nil
        }
        var child: String?
        if let lines = raw.lines, name(lines, on: id),
            case .lines(let target)? = skeleton.objects[id]?.fields[lines.value]?.type
        {
            child = target
        }
        let sellerObject = raw.seller.object?.value
        if let object = raw.seller.object { checkObject(object.value, at: object.place) }
        return PrintDefinition(
            kind: kind.value, number: number, version: text(raw.single["version"], on: id), date: date,
            validUntil: text(raw.single["valid_until"], on: id), draft: text(raw.single["draft"], on: id, .bool),
            currency: text(raw.single["currency"], on: id), sellerObject: sellerObject,
            seller: party(raw.seller, on: sellerObject ?? id), buyer: party(raw.buyer, on: id),
            references: texts(raw, "references", on: id), transport: texts(raw, "transport", on: id),
            lines: raw.lines?.value, columns: columns(raw, on: child),
            lineAmount: child.flatMap { text(raw.single["line_amount"], on: $0) },
            charges: texts(raw, "charges", on: id), totals: texts(raw, "totals", on: id),
            words: text(raw.single["words"], on: id), packing: texts(raw, "packing", on: id),
            terms: texts(raw, "terms", on: id), bank: texts(raw, "bank", on: id),
            remarks: text(raw.single["remarks"], on: id))
    }

    private mutating func text(_ source: Located<String>?, on object: String, _ type: ValueType? = nil)
        -> TypedExpression?
    {
        source.flatMap { expression($0, on: object, expecting: type) }
    }

    private mutating func party(_ raw: RawPrint.Party, on object: String) -> PrintParty {
        PrintParty(
            nameZh: text(raw.zh, on: object), nameEn: text(raw.en, on: object),
            address: raw.address.compactMap { text($0, on: object) },
            contacts: raw.contacts.compactMap { text($0, on: object) }, logo: logo(raw.logo, on: object))
    }

    private mutating func logo(_ field: Located<String>?, on object: String) -> String? {
        guard let field, name(field, on: object) else { return nil }
        guard skeleton.objects[object]?.fields[field.value]?.type == .files else {
            report(
                "print_logo", at: field.place, "“\(field.value)” 不是附件字段，不能作标志",
                "“\(field.value)” is no files field, so it can't be a logo")
            return nil
        }
        return field.value
    }

    private mutating func texts(_ raw: RawPrint, _ key: String, on object: String) -> [PrintText] {
        (raw.texts[key] ?? []).compactMap { item in
            guard let source = item.text, let text = text(source, on: object) else { return nil }
            return PrintText(label: label(item.label, of: source), text: text)
        }
    }

    private mutating func columns(_ raw: RawPrint, on object: String?) -> [PrintColumn] {
        guard let object else { return [] }
        return (raw.texts["columns"] ?? []).compactMap { item in
            guard let source = item.text, let text = text(source, on: object) else { return nil }
            return PrintColumn(
                label: label(item.label, of: source), text: text, share: max(1, item.share ?? 1),
                align: item.align?.value ?? "left")
        }
    }
}
