package import Expressions

/// What came of building: a model when nothing is wrong, and everything that was found.
package struct ModelResult: Sendable {
    /// Nil when there is an error among the diagnostics.
    package let model: Model?
    /// By file and line.
    package let diagnostics: [DefinitionDiagnostic]

    package init(model: Model?, diagnostics: [DefinitionDiagnostic]) {
        self.model = model
        self.diagnostics = diagnostics
    }
}

/// Merges packs and overlay, links every name, checks every expression, and gives the model.
package enum ModelBuilder {
    /// Builds the model of these layers.
    ///
    /// - Parameters:
    ///   - packs: in any order; each is laid over those it requires.
    ///   - references: code lists of installed reference tables, such as `country`; a pack's list of the same id is
    ///     laid over.
    ///   - version: stamped on the model.
    ///   - previous: the model in use, from which the generations of changed fields go on.
    ///   - functions: what expressions may call beyond the language, such as WORKDAYS.
    package static func build(
        packs: [Pack], overlay: Overlay = .empty, references: [CodeList] = [], version: Int, previous: Model? = nil,
        functions: [ExternalFunction] = []
    ) -> ModelResult {
        let stack = LayerStack(packs: packs, overlay: overlay)
        var findings = stack.findings
        let raw = RawModel(stack: stack, into: &findings)
        var linker = ModelLinker(raw: raw, references: references, previous: previous, functions: functions)
        let objects = linker.objects()
        let roles = linker.roles()
        let menu = linker.menu()
        linker.checkRecords(of: packs)
        let baseCurrency = linker.baseCurrency(of: stack.packs)
        findings += linker.findings
        findings = Array(Set(findings)).sorted { left, right in
            left.location == right.location ? left.code < right.code : left.location < right.location
        }
        guard !findings.contains(where: \.isError) else { return ModelResult(model: nil, diagnostics: findings) }
        let model = Model(
            version: version, packs: stack.packs.map { PackInfo(id: $0.id, version: $0.version, label: $0.label) },
            objects: objects, lists: linker.skeleton.lists, roles: roles, menu: menu, baseCurrency: baseCurrency)
        var processes = ProcessLinker(model: model, functions: functions)
        let read = (stack.root["processes"]?.items ?? []).compactMap { processes.process($0) }
        findings += processes.findings
        guard !findings.contains(where: \.isError) else { return ModelResult(model: nil, diagnostics: findings) }
        return ModelResult(model: model.with(read), diagnostics: findings)
    }
}

/// The merged tree, read.
struct RawModel {
    let objects: [RawObject]
    let lists: [RawList]
    let roles: [RawRole]
    let menu: [RawMenuEntry]

    init(stack: LayerStack, into findings: inout [DefinitionDiagnostic]) {
        var objectReader = ObjectReader(layers: stack.layers)
        objects = (stack.root["objects"]?.items ?? []).compactMap { objectReader.object($0) }
        var parts = PartsReader()
        lists = (stack.root["lists"]?.items ?? []).compactMap { parts.list($0) }
        roles = (stack.root["roles"]?.items ?? []).compactMap { parts.role($0) }
        menu = (stack.root["menu"]?.items ?? []).compactMap { parts.menuEntry($0) }
        findings += objectReader.findings + parts.findings
    }
}
