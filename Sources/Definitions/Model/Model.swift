/// The immutable, checked result of merging the shipped packs with the customer's overlay.
///
/// Every request pins one. A change of definitions builds a new one with the next version.
package struct Model: Sendable {
    /// Grows by one with each applied change; stamped on events.
    package let version: Int
    package let packs: [PackInfo]
    package let objects: [ObjectDefinition]
    package let lists: [String: CodeList]
    package let roles: [RoleDefinition]
    package let menu: [MenuEntry]
    package let processes: [ProcessDefinition]
    /// Currency of base amounts, an ISO 4217 code.
    package let baseCurrency: String

    private let index: [String: Int]

    package init(
        version: Int, packs: [PackInfo], objects: [ObjectDefinition], lists: [String: CodeList],
        roles: [RoleDefinition], menu: [MenuEntry], processes: [ProcessDefinition] = [], baseCurrency: String
    ) {
        self.version = version
        self.packs = packs
        self.objects = objects
        self.lists = lists
        self.roles = roles
        self.menu = menu
        self.processes = processes
        self.baseCurrency = baseCurrency
        index = Dictionary(uniqueKeysWithValues: objects.enumerated().map { ($1.id, $0) })
    }

    /// The object with this id, live or retired.
    package func object(_ id: String) -> ObjectDefinition? { index[id].map { objects[$0] } }

    package var liveObjects: [ObjectDefinition] { objects.filter { !$0.retired } }

    package func process(_ id: String) -> ProcessDefinition? { processes.first { $0.id == id } }

    /// The same model with processes read over it.
    func with(_ processes: [ProcessDefinition]) -> Model {
        Model(
            version: version, packs: packs, objects: objects, lists: lists, roles: roles, menu: menu,
            processes: processes, baseCurrency: baseCurrency)
    }

    package func role(_ id: String) -> RoleDefinition? { roles.first { $0.id == id } }
}

package struct PackInfo: Sendable, Hashable {
    package let id: String
    package let version: String
    package let label: Label

    package init(id: String, version: String, label: Label) {
        self.id = id
        self.version = version
        self.label = label
    }
}

/// The codes a choice field may hold.
package struct CodeList: Sendable {
    package let id: String
    package let label: Label
    package let codes: [Code]
    private let index: [String: Int]

    package init(id: String, label: Label, codes: [Code]) {
        self.id = id
        self.label = label
        self.codes = codes
        index = Dictionary(codes.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package func code(_ code: String) -> Code? { index[code].map { codes[$0] } }
    package func position(_ code: String) -> Int? { index[code] }
}

package struct Code: Sendable, Hashable {
    package let code: String
    package let label: Label
    /// `ok`, `warn`, `bad`, `block`, `info`, `pri`, `mute`: how it is drawn.
    package let tone: String
    package let retired: Bool
    /// Further columns of reference tables, such as `minor` of a currency or `country` of a port.
    package let extra: [String: String]

    package init(
        code: String, label: Label, tone: String = "mute", retired: Bool = false, extra: [String: String] = [:]
    ) {
        self.code = code
        self.label = label
        self.tone = tone
        self.retired = retired
        self.extra = extra
    }
}

package struct MenuEntry: Sendable {
    package let object: String
    package let label: Label
    package let icon: String
    /// On the rail and the phone's tab bar; otherwise under "more".
    package let primary: Bool
}
