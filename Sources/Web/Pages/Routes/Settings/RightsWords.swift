import Definitions
import Kernel

/// Rights in plain sentences.
struct RightsWords {
    let model: Model
    let page: PageContext

    private func say(_ zh: String, _ en: String) -> String { page.language == .zh ? zh : en }

    func role(_ id: String) -> String {
        id == "*" ? say("系统", "The house") : model.role(id).map { page[$0.label] } ?? id
    }

    func object(_ id: String) -> String {
        id == "*" ? say("所有业务对象", "everything but master data") : model.object(id).map { page[$0.plural] } ?? id
    }

    func action(_ id: String, of object: String) -> String {
        let known: [String: Label] = [
            "read": Label(zh: "看", en: "see"), "create": Label(zh: "新建", en: "create"),
            "update": Label(zh: "改", en: "change"), "delete": Label(zh: "删除", en: "delete"),
            "assign": Label(zh: "换负责人", en: "reassign"), "import": Label(zh: "导入", en: "import"),
            "export": Label(zh: "导出", en: "export"), "*": Label(zh: "做所有操作", en: "do everything"),
        ]
        if let label = known[id] { return page[label] }
        return model.object(object)?.actions.first { $0.id == id }.map { page[$0.label] } ?? id
    }

    /// What can be asked about an object: the general actions, then its own.
    func actions(of object: ObjectDefinition) -> [FieldControl.Choice] {
        let general = ["read", "create", "update", "delete", "assign", "export"]
        return (general + object.actions.map(\.id)).map { FieldControl.Choice($0, action($0, of: object.id)) }
    }

    /// 自己负责的; short enough for a cell.
    func scope(_ grant: ObjectGrant, of object: String) -> String {
        let base: String
        switch grant.scope {
        case .all: base = say("全部", "all")
        case .own(let fields):
            let names = fields.compactMap { id in model.object(object)?.field(id).map { page[$0.label] } }
            base =
                names.isEmpty
                ? say("自己负责的", "their own")
                : say("自己是\(names.joined(separator: "/"))的", "where they are \(names.joined(separator: "/"))")
        case .department: base = say("本部门的", "their department's")
        case .region: base = say("本区域的", "their region's")
        case .through(let via):
            let link = model.object(object)?.field(via).map { page[$0.label] } ?? via
            base = say("能看到其\(link)的", "whose \(link) they see")
        }
        guard let condition = grant.condition else { return base }
        let words = ExpressionWords(model: model, format: page.format).sentence(condition)
        return base + say("，且 ", ", if ") + words
    }

    /// 看、新建、改自己负责的；看不到“成本价”.
    func sentence(_ grant: ObjectGrant, of object: ObjectDefinition) -> String {
        let verbs = grant.actions.map { action($0, of: object.id) }.joined(separator: say("、", ", "))
        var text = say(verbs + "：" + scope(grant, of: object.id), verbs + ": " + scope(grant, of: object.id))
        func names(_ ids: [String]) -> String {
            ids.compactMap { id in object.field(id).map { page[$0.label] } }.joined(separator: say("、", ", "))
        }
        if !grant.hidden.isEmpty { text += say("；看不到 ", "; does not see ") + names(grant.hidden) }
        if let writable = grant.writable {
            text +=
                writable.isEmpty
                ? say("；不能改任何字段", "; changes no field") : say("；只能改 ", "; changes only ") + names(writable)
        }
        if !grant.readOnly.isEmpty { text += say("；只读 ", "; only reads ") + names(grant.readOnly) }
        return text
    }

    func privilege(_ id: String) -> String {
        switch id {
        case "define": say("改系统定义和设置", "change definitions and settings")
        case "users": say("管理账号和角色", "manage accounts and roles")
        case "export": say("导出名单和报表", "export lists")
        case "import": say("导入表格", "import tables")
        case "audit": say("查审计日志", "search the audit log")
        default: id
        }
    }

    /// Whose rows a part of a role opens.
    func rows(_ verdict: RoleVerdict) -> String {
        guard let rows = verdict.rows else { return say("全部记录", "all records") }
        return ExpressionWords(model: model, format: page.format).sentence(rows)
    }

    /// One part of a role as a reason.
    func reason(_ verdict: RoleVerdict, _ about: AccessCase) -> (text: String, holds: Bool) {
        let verb = action(about.action, of: about.object)
        var parts: [String] = []
        if verdict.givesAction {
            parts.append(say("允许\(verb)：\(rows(verdict))", "may \(verb): \(rows(verdict))"))
        } else {
            parts.append(say("不含“\(verb)”", "does not include “\(verb)”"))
        }
        if verdict.givesAction, let holds = verdict.holdsRecord {
            parts.append(holds ? say("这条在内", "this one is among them") : say("这条不在内", "this one is not among them"))
        }
        if let id = about.field, let field = model.object(about.object)?.field(id) {
            let name = page[field.label]
            switch verdict.field {
            case .open?: parts.append(say("“\(name)”开放", "“\(name)” is open to it"))
            case .closed?: parts.append(say("“\(name)”对它关闭", "“\(name)” is closed to it"))
            case .needsClearance(let level)?:
                parts.append(
                    say(
                        "“\(name)”要“\(sensitivity(level))”许可，没有角色给",
                        "“\(name)” needs the clearance “\(sensitivity(level))”, which no role gives"))
            case nil: break
            }
        }
        return (parts.joined(separator: say("；", "; ")), verdict.allows)
    }

    func sensitivity(_ id: String) -> String {
        let known: [String: Label] = [
            "cost": Label(zh: "成本", en: "cost"), "margin": Label(zh: "毛利", en: "margin"),
            "bank": Label(zh: "银行账户", en: "bank details"), "price": Label(zh: "售价", en: "prices"),
            "commission": Label(zh: "佣金", en: "commission"), "supplier": Label(zh: "供应商", en: "suppliers"),
            "basis": Label(zh: "成本依据", en: "cost basis"),
        ]
        return known[id].map { page[$0] } ?? id
    }
}
