import Definitions
import Kernel
import Testing
import Values

/// A house in which one person meets records in every relation: a family of records for each, every field of
/// `MatrixField.all` with a canary of its own.
struct MatrixWorld: Sendable {
    let house: WebHouse
    let net: CanaryNet
    /// Whose rights are tried, in one role after the other.
    let actor: RecordID
    /// `quotation own` → record.
    private(set) var records: [String: RecordID] = [:]
    /// Which record of the families an id is, lines included.
    private(set) var places: [RecordID: (object: String, relation: Relation)] = [:]

    private var people: [String: RecordID] = [:]
    private var departments: [String: RecordID] = [:]
    private var regions: [String: RecordID] = [:]
    var bridge: [String: RecordID] = [:]
    /// Files at records, as they stand in `records`.
    private(set) var files: [String: (id: RecordID, text: String)] = [:]

    static func build() async throws -> MatrixWorld {
        let net = CanaryNet()
        let house = try await WebHouse.open(
            ports: MatrixField.all.indices.filter { MatrixField.all[$0].kind == .choice }.flatMap { field in
                Relation.allCases.compactMap { net.values[CanaryNet.Cell(field: field, relation: $0)] }
            })
        var world = try await MatrixWorld(house: house, net: net)
        try await world.layBridge()
        for relation in Relation.allCases { try await world.fill(relation) }
        try await world.findLines()
        for field in ["product.images", "sample.photos", "claim.evidence", "exception.files", "pi.confirmed_file"] {
            for relation in Relation.allCases { try await world.attach(field, relation) }
        }
        try await world.fillRelay()
        return world
    }

    private init(house: WebHouse, net: CanaryNet) async throws {
        self.house = house
        self.net = net
        for name in ["here", "there"] {
            departments[name] = try await Self.make(house, "department", Draft(["name": .text(name)]), Stamp())
            let region = Draft([
                "code": .text(name), "name": .text(name), "countries": .list([.text("DE")]),
                "time_zone": .text("Europe/Berlin"), "calendar": .text("DE"),
            ])
            regions[name] = try await Self.make(house, "region", region, Stamp())
        }
        for (login, department, region) in [
            ("actor", "here", "here"), ("colleague", "here", "there"), ("neighbour", "there", "here"),
            ("stranger", "there", "there"),
        ] {
            people[login] = try await house.kernel.addAccount(
                login: login, name: login, roles: login == "actor" ? [] : ["sales"], hash: "-",
                more: [
                    "department": .value(departments[department].map { .record($0) } ?? .null),
                    "region": .value(regions[region].map { .record($0) } ?? .null),
                ])
        }
        actor = try #require(people["actor"])
        // Somebody has to stay who may change the definitions.
        _ = try await house.kernel.addAccount(login: "keeper", name: "keeper", roles: ["admin"], hash: "-", more: [:])
    }

    func record(_ object: String, _ relation: Relation) -> RecordID? { records[object + " " + relation.rawValue] }

    /// Gives the actor these roles and no others.
    func employ(as roles: [String]) async throws { try await employ("actor", as: roles) }

    func employ(_ login: String, as roles: [String]) async throws {
        let person = try #require(people[login])
        let view = try await house.kernel.answer(
            ShowRecord(object: "user", id: person, withLines: false), as: .system("matrix"))
        _ = try await house.kernel.perform(
            Command(
                .update(
                    object: "user", id: person, Draft(["roles": .list(roles.map { .text($0) })]),
                    expecting: view.version)), as: .system("matrix"))
    }

    // MARK: Planting

    private static func make(_ house: WebHouse, _ object: String, _ draft: Draft, _ stamp: Stamp) async throws
        -> RecordID
    {
        let outcome = try await house.kernel.perform(
            Command(.create(object: object, draft), stamp: stamp), as: .system("matrix"))
        return try #require(outcome.created.first?.id)
    }

    private func stamp(_ login: String) -> Stamp {
        let isHere = (
            department: ["actor", "colleague"].contains(login), region: ["actor", "neighbour"].contains(login)
        )
        return Stamp(
            owner: people[login], department: departments[isHere.department ? "here" : "there"],
            region: regions[isHere.region ? "here" : "there"])
    }

    func owner(_ relation: Relation) -> String {
        switch relation {
        case .own: "actor"
        case .department: "colleague"
        case .region: "neighbour"
        case .shared, .through, .none: "stranger"
        }
    }

    /// Whom the second field of one's own names.
    func other(_ relation: Relation) -> Input {
        .record(people[relation == .shared ? "actor" : "stranger"] ?? actor)
    }

    /// A record of the family of a relation.
    @discardableResult
    mutating func plant(
        _ object: String, _ relation: Relation, as name: String? = nil, owner login: String? = nil,
        _ fields: [String: Input], lines: [String: [LineDraft]] = [:]
    ) async throws -> RecordID {
        let id = try await Self.make(
            house, object, Draft(fields, lines: lines), stamp(login ?? owner(relation)))
        records[(name ?? object) + " " + relation.rawValue] = id
        places[id] = (name ?? object, relation)
        return id
    }

    /// Remembers what stands for a family without canaries of its own.
    mutating func keep(_ id: RecordID, _ name: String, _ relation: Relation) {
        records[name + " " + relation.rawValue] = id
    }

    /// A record without canaries.
    func plain(
        _ object: String, owner login: String, _ fields: [String: Input], lines: [String: [LineDraft]] = [:]
    ) async throws -> RecordID {
        try await Self.make(house, object, Draft(fields, lines: lines), stamp(login))
    }

    private mutating func attach(_ field: String, _ relation: Relation) async throws {
        let parts = field.split(separator: ".").map(String.init)
        let holder = try #require(record(parts[0], relation))
        let text = "confidential " + field + " " + relation.rawValue
        let step = FileCommand.attach(
            object: parts[0], id: holder, field: parts[1], name: relation.rawValue + ".txt", content: Array(text.utf8))
        let token = try await house.kernel.localToken(for: "keeper")
        let keeper = try await house.kernel.answer(IdentifyActor(token: token, origin: .page), as: .nobody)
        _ = try await house.kernel.perform(Command(.file(step)), as: try #require(keeper))
        let list = try await house.kernel.answer(FilesOf(object: parts[0], id: holder), as: .system("matrix"))
        files[parts[0] + " " + relation.rawValue] = (try #require(list.last).id, text)
    }

    func file(_ object: String, _ relation: Relation) -> (id: RecordID, text: String)? {
        files[object + " " + relation.rawValue]
    }

    private mutating func findLines() async throws {
        for field in Set(MatrixField.all.filter { $0.lines != nil }.map { [$0.holder, $0.lines ?? "", $0.object] }) {
            for relation in Relation.allCases {
                guard let id = record(field[0], relation) else { continue }
                let view = try await house.kernel.answer(
                    ShowRecord(object: field[0], id: id), as: .system("matrix"))
                // The first line has the canaries; a second one only makes up the sum.
                guard let line = view.lines[field[1]]?.first else { continue }
                records[field[2] + " " + relation.rawValue] = line.id
                places[line.id] = (field[2], relation)
            }
        }
    }

    func defaultRecord(_ object: String, _ code: String) async throws -> RecordID {
        let page = try await house.kernel.answer(
            ListRecords(object: object, columns: ["code"], filters: ["code = \"\(code)\""]), as: .system("matrix"))
        return try #require(page.rows.first?.id)
    }
}

extension Input {
    static func record(_ id: RecordID?) -> Input { id.map { .text($0.description) } ?? .null }
    static func about(_ object: String, _ id: RecordID?) -> Input {
        .object(["object": .text(object), "id": .record(id)])
    }
}
