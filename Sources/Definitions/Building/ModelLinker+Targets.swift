import Expressions

/// What field types name: objects, lists, currencies.
extension ModelLinker {
    mutating func checkTargets(of object: RawObject) {
        for field in object.fields {
            guard let type = skeleton.objects[object.id.value]?.fields[field.id.value]?.type else { continue }
            let place = field.type?.place ?? field.id.place
            switch type {
            case .link(let target), .links(let target): checkObject(target, at: place)
            case .anyLink(let targets): for target in targets { checkObject(target, at: place) }
            case .lines(let target): checkLines(target, of: object, at: place)
            case .choice(let list), .choices(let list): checkList(list, at: place)
            case .money(.record(let currency, let rate)):
                checkMoney(field, currency: currency, rate: rate, of: object)
            default: break
            }
        }
        checkParent(of: object)
    }

    mutating func checkObject(_ id: String, at place: SourceLocation) {
        guard skeleton.objects[id] == nil else { return }
        report(
            "unknown_object", at: place, "没有对象 “\(id)”", "There is no object “\(id)”",
            hint: Spelling.hint(for: id, among: skeleton.objects.keys))
    }

    private mutating func checkList(_ id: String, at place: SourceLocation) {
        guard skeleton.lists[id] == nil else { return }
        report(
            "unknown_list", at: place, "没有列表 “\(id)”", "There is no list “\(id)”",
            hint: Spelling.hint(for: id, among: skeleton.lists.keys))
    }

    private mutating func checkLines(_ target: String, of object: RawObject, at place: SourceLocation) {
        checkObject(target, at: place)
        guard let child = skeleton.objects[target] else { return }
        if child.parent != object.id.value {
            report(
                "lines_parent", at: place, "明细对象 “\(target)” 的 parent 应为 “\(object.id.value)”",
                "The line object “\(target)” must have the parent “\(object.id.value)”")
        }
        if object.parent != nil {
            report("nested_lines", at: place, "明细下不能再有明细", "Lines can't have lines of their own")
        }
        let twins = object.fields.count { $0.type?.value == "lines(\(target))" }
        if twins > 1 {
            report(
                "lines_twice", at: place, "“\(target)” 只能用于一个明细字段", "“\(target)” can stand in one lines field only")
        }
    }

    private mutating func checkParent(of object: RawObject) {
        guard let parent = object.parent else { return }
        checkObject(parent.value, at: parent.place)
        guard let holder = skeleton.objects[parent.value] else { return }
        let isHeld = holder.fields.values.contains { $0.type == .lines(object: object.id.value) }
        if !isHeld {
            report(
                "lines_missing", at: parent.place, "“\(parent.value)” 没有类型为 lines(\(object.id.value)) 的字段",
                "“\(parent.value)” has no field of the type lines(\(object.id.value))")
        }
    }

    /// The currency and rate fields stand in the object itself or, for lines, in the parent.
    private mutating func checkMoney(_ field: RawField, currency: String, rate: String?, of object: RawObject) {
        let place = field.currency?.place ?? field.id.place
        switch moneySource(currency, of: object) {
        case .choice, .text: break
        case nil:
            report(
                "unknown_field", at: place, "没有币种字段 “\(currency)”", "There is no currency field “\(currency)”",
                hint: Spelling.hint(for: currency, among: skeleton.fieldIDs(of: object.id.value)))
        default:
            report("money_currency", at: place, "“\(currency)” 应为币种", "“\(currency)” must be a choice of currencies")
        }
        guard let rate else { return }
        switch moneySource(rate, of: object) {
        case .decimal, .integer: break
        case nil:
            report("unknown_field", at: place, "没有汇率字段 “\(rate)”", "There is no rate field “\(rate)”")
        default:
            report("money_rate", at: place, "汇率 “\(rate)” 应为小数", "The rate “\(rate)” must be a decimal")
        }
    }

    private func moneySource(_ id: String, of object: RawObject) -> FieldType? {
        let own = skeleton.objects[object.id.value]?.fields[id]?.type
        return own ?? object.parent.flatMap { skeleton.objects[$0.value]?.fields[id]?.type }
    }
}
