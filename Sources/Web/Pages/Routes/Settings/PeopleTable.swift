import Definitions
import Documents
import Kernel
import Values

/// People as somebody pastes them or brings them in a file: a row each, before anything is known of them.
struct PeopleTable: Sendable {
    enum Column: String, Sendable, CaseIterable {
        case name, login, email, roles, department, manager

        var label: Label {
            switch self {
            case .name: Label(zh: "姓名", en: "Name")
            case .login: Label(zh: "账号", en: "Account")
            case .email: Label(zh: "邮箱", en: "Mail")
            case .roles: Label(zh: "岗位（角色）", en: "Position (role)")
            case .department: Label(zh: "部门", en: "Department")
            case .manager: Label(zh: "上级", en: "Superior")
            }
        }

        fileprivate var headings: [String] {
            switch self {
            case .name: ["姓名", "名字", "name", "full name", "员工姓名"]
            case .login: ["账号", "登录名", "用户名", "login", "account", "user", "username"]
            case .email: ["邮箱", "电子邮件", "邮件", "mail", "email", "e-mail"]
            case .roles: ["角色", "岗位", "职位", "岗位（角色）", "role", "roles", "position", "job title", "position (role)"]
            case .department: ["部门", "department", "team"]
            case .manager: ["上级", "主管", "直属上级", "汇报给", "superior", "manager", "reports to"]
            }
        }
    }

    struct Row: Sendable, Hashable {
        var texts: [String: String] = [:]
        /// Column → what is wrong.
        var problems: [String: String] = [:]

        subscript(column: Column) -> String { texts[column.rawValue] ?? "" }
        var isBlank: Bool { texts.values.allSatisfy(\.isEmpty) }
    }

    private(set) var rows: [Row] = []

    init() {}

    /// Reads a table; its first row may name the columns, else they stand in the usual order.
    ///
    /// - Throws: what is wrong with the file, and a table of more people than are taken at once.
    init(bytes: [UInt8]) throws {
        var reader = try TableSource.open(bytes: bytes)
        var order = Column.allCases.map(Optional.some)
        var isFirst = true
        while let line = try reader.next() {
            let cells = line.cells.map { $0.display.trimmingSpaces }
            if isFirst, let named = Self.heading(cells) {
                order = named
            } else {
                add(cells, order)
            }
            isFirst = false
            guard rows.count <= NewPerson.most else { throw TableError.tooManyRows(line: line.line) }
        }
    }

    /// Reads the rows of the form: `p0.name`.
    init(fields: [(name: String, value: String)]) {
        var found: [Int: Row] = [:]
        for (name, value) in fields where name.hasPrefix("p") {
            let parts = name.dropFirst().split(separator: ".", maxSplits: 1)
            guard parts.count == 2, let place = Int(parts[0]), (0..<1000).contains(place),
                let column = Column(rawValue: String(parts[1]))
            else { continue }
            found[place, default: Row()].texts[column.rawValue] = value.trimmingSpaces
        }
        rows = found.sorted { $0.key < $1.key }.map(\.value).filter { !$0.isBlank }
    }

    init(rows: [Row]) { self.rows = rows }

    private mutating func add(_ cells: [String], _ order: [Column?]) {
        var row = Row()
        for (cell, column) in zip(cells, order) { if let column { row.texts[column.rawValue] = cell } }
        if row.isBlank { return }
        if row[.login].isEmpty, let at = row[.email].firstIndex(of: "@") {
            row.texts[Column.login.rawValue] = String(row[.email][..<at]).lowercased()
        }
        rows.append(row)
    }

    /// The columns that a heading names; nil when it is none: fewer than two of its cells are words of a heading.
    private static func heading(_ cells: [String]) -> [Column?]? {
        let named = cells.map { cell in
            Column.allCases.first { $0.headings.contains(cell.lowercased()) }
        }
        return named.compactMap(\.self).count >= 2 ? named : nil
    }
}

/// What the words of a list of people may mean: roles, departments, and who is there already.
struct PeopleChoices: Question {
    struct Person: Sendable {
        let id: RecordID
        let name: String
        let login: String
    }

    struct Answer: Sendable {
        let roles: [RoleDefinition]
        let departments: [StructureSheet.Place]
        let people: [Person]
    }

    /// - Throws: `forbidden` without the privilege `users`.
    func answer(in context: ReadContext) throws -> Answer {
        let sight = try context.ask(VisibleModel())
        guard sight.has("users"), sight.canCreate("user") else { throw Rejection.notAllowed }
        let people = try context.ask(
            ListRecords(
                object: "user", columns: ["name", "login"].filter(sight.readable("user").contains),
                sort: [SortKey(path: "name", descending: false)], limit: 500)
        ).rows
        return Answer(
            roles: sight.model.roles, departments: try context.ask(StructureSheet()).departments,
            people: people.map { Person(id: $0.id, name: $0["name"].text ?? "", login: $0["login"].text ?? "") })
    }
}

/// Makes people of rows: names become roles, departments and superiors; what they can't become stands at its cell.
struct PeopleReading {
    let choices: PeopleChoices.Answer
    let language: Language

    /// - Returns: the rows with their problems, and the person of each row that has none, by place.
    func read(_ rows: [PeopleTable.Row]) -> (rows: [PeopleTable.Row], people: [Int: NewPerson]) {
        var checked = rows
        var people: [Int: NewPerson] = [:]
        let logins = Dictionary(grouping: rows.indices) { rows[$0][.login].lowercased() }
        for place in rows.indices {
            checked[place].problems = [:]
            var person = NewPerson([
                "name": .text(rows[place][.name]), "login": .text(rows[place][.login]), "active": .bool(true),
            ])
            if !rows[place][.email].isEmpty { person.fields["email"] = .text(rows[place][.email]) }
            roles(&person, &checked[place])
            department(&person, &checked[place])
            manager(&person, place, &checked)
            for column in [PeopleTable.Column.name, .login] where rows[place][column].isEmpty {
                say(
                    column, Label(zh: "填\(column.label.zh)", en: "Enter the \(column.label.en.lowercased())"),
                    &checked[place])
            }
            if logins[rows[place][.login].lowercased()]?.first != place, !rows[place][.login].isEmpty {
                say(.login, Label(zh: "名单里有两个同样的账号", en: "This account stands in the list twice"), &checked[place])
            }
            if checked[place].problems.isEmpty { people[place] = person }
        }
        return (checked, people)
    }

    private func say(_ column: PeopleTable.Column, _ label: Label, _ row: inout PeopleTable.Row) {
        if row.problems[column.rawValue] == nil { row.problems[column.rawValue] = label[language] }
    }

    private func roles(_ person: inout NewPerson, _ row: inout PeopleTable.Row) {
        var codes: [Input] = []
        for word in row[.roles].split(whereSeparator: { ",，、;；/".contains($0) }) {
            let wanted = String(word).trimmingSpaces.lowercased()
            guard
                let role = choices.roles.first(where: {
                    [$0.id, $0.label.zh, $0.label.en].map { $0.lowercased() }.contains(wanted)
                })
            else {
                say(.roles, Label(zh: "没有角色“\(word)”", en: "There is no role “\(word)”"), &row)
                continue
            }
            codes.append(.text(role.id))
        }
        if codes.isEmpty {
            say(
                .roles,
                Label(zh: "填一个角色，不然登录后什么也看不到", en: "Enter a role: without one nothing is seen after signing in"), &row)
        }
        person.fields["roles"] = .list(codes)
    }

    private func department(_ person: inout NewPerson, _ row: inout PeopleTable.Row) {
        let wanted = row[.department]
        if wanted.isEmpty { return }
        guard let found = choices.departments.first(where: { [$0.name, $0.english].contains(wanted) }) else {
            return say(
                .department,
                Label(
                    zh: "没有部门“\(wanted)”，先在上一步加", en: "There is no department “\(wanted)”; add it in the step before"),
                &row)
        }
        person.fields["department"] = .value(.record(found.id))
    }

    /// By account first, then by a name that only one has; among those of the list, then among those who are there.
    private func manager(_ person: inout NewPerson, _ place: Int, _ rows: inout [PeopleTable.Row]) {
        let wanted = rows[place][.manager]
        if wanted.isEmpty { return }
        let others = rows.indices.filter { $0 != place }
        if let other = only(others.filter { rows[$0][.login].lowercased() == wanted.lowercased() })
            ?? only(others.filter { rows[$0][.name] == wanted })
        {
            person.manager = .listed(other)
        } else if let known = only(choices.people.filter { $0.login.lowercased() == wanted.lowercased() })
            ?? only(choices.people.filter { $0.name == wanted })
        {
            person.manager = .person(known.id)
        } else {
            say(
                .manager,
                Label(
                    zh: "名单里和系统里都找不到“\(wanted)”，或不止一位，请填账号",
                    en: "“\(wanted)” is nobody, or more than one: enter the account"), &rows[place])
        }
    }

    private func only<Element>(_ found: [Element]) -> Element? { found.count == 1 ? found[0] : nil }
}
