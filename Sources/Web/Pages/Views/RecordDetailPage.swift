import Definitions

/// One record with everything around it: who it is, figures, facts, what happened, what belongs to it, what comes next.
struct RecordDetailPage: Sendable {
    /// Something people do with the record. With inputs it asks in a dialog first.
    struct Action: Sendable {
        let id: String
        let label: String
        let icon: String
        var isPrimary = false
        /// Asked for before it is done.
        var inputs: [FieldControl] = []
        var refusal: String?
        var key: String?
    }

    /// A kind of happenings: a press adds it to what the timeline is narrowed to, or takes it out.
    struct KindChip: Sendable {
        let label: String
        let url: String
        let isOn: Bool
    }

    /// A short fact beside the name.
    struct Meta: Sendable {
        let icon: String
        var text: String
        var url: String?
        /// Of a clock elsewhere: the zone it goes by, whether one is at work there, and when both sides are.
        var clock: Clock?

        struct Clock: Sendable {
            let zone: String
            let state: String
            let isAtWork: Bool
            let shared: String
        }
    }

    struct Section: Sendable {
        let title: String
        let facts: [FactList.Fact]
        var missing: [FactList.Fact] = []
        var isFolded = false
    }

    /// A tab with the records that link here.
    struct Related: Sendable {
        let id: String
        let label: String
        let object: String
        let table: DataTable
        var count: Int?
        var createURL: String?
        /// The list of the object with the same conditions.
        var wholeURL: String?
        /// There are more than are shown.
        var hasMore = false
        var narrowing: Narrowing?
    }

    /// How a list on the page can be narrowed and ordered.
    struct Narrowing: Sendable {
        var text: String
        /// It is narrowed now.
        var isSet: Bool
        /// Label, how many, address, whether it is chosen.
        var chips: [(label: String, count: Int, url: String, isChosen: Bool)] = []
        var orders: [(label: String, url: String, isChosen: Bool)] = []
        var clearURL = ""
        /// What a search in it keeps.
        var hidden: [(name: String, value: String)] = []
    }

    /// People that belong to the record, such as a company's contacts.
    struct Person: Sendable {
        let name: String
        let note: String
        let url: String
        var tag: Tag?
        var isFormer = false
    }

    /// Something to do, with its day.
    struct Step: Sendable {
        let text: String
        let note: String
        let due: Tag?
        let url: String
        /// Where ticking it off posts; nil when it can't be from here.
        var doneURL: String?
    }

    /// Something under way that belongs to the record: an order and its legs.
    struct Progress: Sendable {
        enum Leg: String, Sendable { case done = "d", late = "l", current = "c", coming = "" }

        let title: String
        let url: String
        let amount: String
        let legs: [Leg]
        let holder: String
        let leg: String
        let due: Tag?
        let note: String
        /// Where more about it stands: label and address.
        var links: [(text: String, url: String)] = []
    }

    let object: String
    let id: String
    let version: Int
    let objectLabel: Label
    let objectIcon: String
    let title: String
    var tags: [Tag] = []
    var meta: [Meta] = []
    /// Place in the list it was opened from.
    var place: (index: Int, count: Int, previousURL: String?, nextURL: String?)?
    var actions: [Action] = []
    /// Somebody has it to themself, or need not.
    var isHeld = true
    var canEdit = true
    var canDelete = true
    /// Where records that are the same are put into this one.
    var mergeURL: String?
    /// Records that may be the same, with where they stand beside this one.
    var same: (text: String, url: String)?
    /// In the recycle bin; only restoring is offered.
    var isDeleted = false
    /// What can be made from here: label and address.
    var making: [(label: String, icon: String, url: String)] = []
    /// Pages of documents, such as the PDF: label and address.
    var documents: [(label: String, url: String)] = []
    var figures: [FigureStrip.Figure] = []
    /// What must be known before anything else: credit block, locked, overdue.
    var notes: [Note] = []
    var sections: [Section] = []
    var people: (title: String, rows: [Person], createURL: String?)?
    /// Lines of a document, shown above the timeline.
    var lines: [(title: String, table: DataTable)] = []
    /// What a change touches, above everything else of its request.
    var effects: EffectsCard?
    /// What goes on in workflows, and which can be started.
    var workflows: WorkflowsHere?
    /// Sums below the lines: label and value, the last one large.
    var totals: [(label: String, value: String)] = []
    var related: [Related] = []
    /// Id of the tab shown; nil is the timeline.
    var tab: String?
    let timeline: Timeline
    /// What the timeline can be narrowed to, all of it first.
    var kindChips: [KindChip] = []
    /// Where one writes; nil where nothing can be written.
    var composer: Composer?
    var canNote: Bool { composer != nil }
    /// Versions of a document; empty for one of a kind.
    var versions: [QuotationPage.Version] = []
    var steps: [Step] = []
    var addStep: (label: Label, url: String)?
    var progress: (title: String, url: String?, rows: [Progress])?
    /// A field for files: what is in it, and where more can be sent.
    struct FileShelf: Sendable {
        let label: String
        var files: [File] = []
        var uploadURL: String?

        struct File: Sendable {
            let name: String
            let size: String
            let url: String
            /// 1 is the first of its name.
            let version: Int
            /// When it came and from whom.
            let note: String
            /// Can be looked at in the browser.
            var viewURL: String?
            /// Otherwise, what can be looked at is a PDF.
            var isPicture = false
            var removeURL: String?
            /// Earlier versions, the newest first.
            var older: [File] = []
        }
    }

    var shelves: [FileShelf] = []
    /// Where this very record stands among its stages.
    var track: Progress?
}
