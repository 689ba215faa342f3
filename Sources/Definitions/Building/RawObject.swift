/// An object as written and merged, before its names are looked up. What is not written is nil.
struct RawObject {
    let id: Located<String>
    let layer: Layer
    var label: Label?
    var plural: Label?
    var icon: String?
    var parent: Located<String>?
    var title: [Located<String>]?
    var isSetting = false
    var retired = false
    var fields: [RawField] = []
    var states: RawStates?
    var actions: [RawAction] = []
    var checks: [RawCheck] = []
    var reminders: [RawReminder] = []
    var clocks: [RawClock] = []
    var rules: [RawRule] = []
    var change: RawChange?
    var ladder: RawLadder?
    var repeats: [RawRepeat] = []
    var similar: RawSimilar?
    var approvals: [RawApproval] = []
    var views: [RawView] = []
    var sections: [RawSection] = []
    var highlights: [RawHighlight] = []
    var related: [RawRelated] = []
    var search: [Located<String>] = []
    var duplicates: [[RawDuplicateKey]] = []
    var print: RawPrint?
}

struct RawField {
    let id: Located<String>
    let layer: Layer
    var label: Label?
    var help: Label?
    var type: Located<String>?
    var required = false
    var unique = false
    var immutable = false
    var readOnly = false
    var retired = false
    var defaultValue: Located<String>?
    var formula: Located<String>?
    var rollup: RawRollup?
    var series: Located<String>?
    var gapless = false
    var linkFilter: Located<String>?
    var sensitivity: String?
    var region: String?
    var maxLength: Int?
    var format: Located<String>?
    var unit: String?
    var indexed = false
    var currency: Located<String>?
    var rate: Located<String>?
}

struct RawRollup {
    let place: SourceLocation
    var function: Rollup.Function?
    var of: Located<String>?
    var object: Located<String>?
    var via: Located<String>?
    var filter: Located<String>?
}

struct RawStates {
    struct State {
        let code: Located<String>
        var locked = false
        var final = false
        var open: [Located<String>] = []
    }
    let place: SourceLocation
    var field: Located<String>?
    var initial: Located<String>?
    var states: [State] = []
}

struct RawAction {
    let id: Located<String>
    var label: Label?
    var icon: String?
    var from: [Located<String>] = []
    var to: Located<String>?
    var condition: Located<String>?
    var refusal: Label?
    var input: [Located<String>] = []
    var require: [Located<String>] = []
    var sets: [RawAssignment] = []
    var creates: [RawTemplate] = []
    var primary = false
    var notByOwner = false
}

struct RawAssignment {
    let field: Located<String>
    let value: Located<String>
}

struct RawTemplate {
    var object: Located<String>?
    var copies: [Located<String>] = []
    var sets: [RawAssignment] = []
    var lines: [(from: Located<String>, to: Located<String>)] = []
    var each: Located<String>?
    var into: Located<String>?
    var condition: Located<String>?
    var opensIt = false
}

struct RawReminder {
    let id: Located<String>
    var at: Located<String>?
    var to: Located<String>?
    var condition: Located<String>?
    var message: Label?
}

struct RawCheck {
    let id: Located<String>
    var expression: Located<String>?
    var message: Label?
    var field: Located<String>?
    var blocking = true
}

struct RawView {
    let id: Located<String>
    var label: Label?
    var columns: [Located<String>] = []
    var filter: Located<String>?
    var sort: [Located<String>] = []
    var group: Located<String>?
}

struct RawSection {
    let id: Located<String>
    var label: Label?
    var fields: [Located<String>] = []
    var folded = false
}

struct RawHighlight {
    var label: Label?
    var field: Located<String>?
    var note: Located<String>?
    var condition: Located<String>?
}

struct RawRelated {
    var object: Located<String>?
    var via: Located<String>?
    var columns: [Located<String>] = []
    var condition: Located<String>?
}

struct RawDuplicateKey {
    let kind: Located<String>
    let field: Located<String>
}
