import Definitions

/// The objects and fields of the house, and the customer's changes to them.
struct DefinitionsPage: Sendable {
    struct Object: Sendable {
        let id: String
        let label: Label
        let icon: String
        let fieldCount: Int
        var isOwn = false
        var isRetired = false
        var isLines = false
    }

    struct Field: Sendable {
        let id: String
        let label: Label
        /// In words: 文本, 金额, 链接到 客户.
        let type: String
        var tags: [Tag] = []
        var formula: String?
        var isOwn = false
        var isRetired = false
        /// System fields can't be renamed or retired.
        var isFixed = false
    }

    let objects: [Object]
    /// The object shown.
    let object: Object
    let fields: [Field]
    /// Types to choose from for a new field; code and word.
    let types: [FieldControl.Choice]
    let lists: [FieldControl.Choice]
    let linkTargets: [FieldControl.Choice]
    var problems: [ErrorSummary.Item] = []
    /// What the last attempt of a new field held, by name.
    var draft: [String: String] = [:]
    var modelVersion = 0
    /// The field whose dialog stands open.
    var renamed: String?
}
