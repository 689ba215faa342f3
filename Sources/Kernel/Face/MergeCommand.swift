package import Values

/// Making one record of several that are the same, and taking that back.
package enum MergeCommand: Sendable, Hashable {
    /// Puts records into the one that stays; the outcome's `merge` names the merge.
    ///
    /// The object must have rules for duplicates. Whoever merges may change every one of the records and delete those
    /// that go. Refused as `merge_refused` with a problem for each thing in the way, as `already_merged` when one of them
    /// went into another meanwhile.
    case merge(MergeWish)
    /// Takes a merge back within thirty days: links and values that nobody changed since go back, the others are named
    /// by the outcome's warnings.
    case undo(RecordID)
    /// Says that one record is not the same as these others: they are not taken for it until a compared field changes.
    /// For who may change each of them.
    case setApart(object: String, RecordID, from: [RecordID])
    /// Takes that word back; `not_found` when nobody said so.
    case putTogether(object: String, RecordID, RecordID)
}

/// Which records are to become one, and what stays of each.
package struct MergeWish: Sendable, Hashable {
    /// The most records that go into another at once.
    package static let most = 4

    package var object: String
    /// The record that stays.
    package var survivor: RecordID
    /// Those that go into it, one to four.
    package var merged: [RecordID]
    /// The version of each that its author saw; one that is missing is refused as `version_required`, but in a dry run.
    package var versions: [RecordID: Int]
    /// Field id → what stays of it. For the others: the survivor's value, where it has none the first of the others', and
    /// lists of both.
    package var choices: [String: MergeChoice]

    package init(
        object: String, survivor: RecordID, merged: [RecordID], versions: [RecordID: Int] = [:],
        choices: [String: MergeChoice] = [:]
    ) {
        self.object = object
        self.survivor = survivor
        self.merged = merged
        self.versions = versions
        self.choices = choices
    }

    /// The same, as one text.
    var words: String {
        let seen = versions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let chosen = choices.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)" }
        return ([object, survivor.description] + merged.map(\.description) + seen + chosen).joined(separator: " ")
    }
}

/// Whose value of a field stays.
package enum MergeChoice: Sendable, Hashable {
    case of(RecordID)
    /// For fields that hold several: what all of them hold.
    case all

    package init?(_ text: String) {
        if text == "all" { self = .all } else if let id = RecordID(text) { self = .of(id) } else { return nil }
    }

    package var text: String { if case .of(let id) = self { id.description } else { "all" } }
}

extension MergeCommand {
    var words: String {
        switch self {
        case .merge(let wish): "merge " + wish.words
        case .undo(let id): "undo merge \(id)"
        case .setApart(let object, let one, let others):
            "set apart \(object) \(one) " + others.map(\.description).joined(separator: " ")
        case .putTogether(let object, let one, let other): "put together \(object) \(one) \(other)"
        }
    }
}
