package import Definitions
package import Values

/// A mail template with its places filled in from a record, as far as the asker may read it: what they would send after a
/// look at it.
package struct FilledMail: Question {
    /// What a place could not be filled with, and why.
    package struct Gap: Sendable, Hashable {
        package enum Reason: String, Sendable, Hashable {
            /// The record has no value there.
            case empty
            /// The asker may not read it.
            case unseen
            /// The template names what is no longer there.
            case unknown
        }

        /// The place as the template has it, without its braces.
        package let place: String
        /// The field that it is, when it is one alone.
        package let label: Label?
        package let reason: Reason
    }

    package struct Answer: Sendable {
        package let subject: String
        package let body: String
        /// Code of the template's language.
        package let language: String
        /// In the order of the text, each once.
        package let gaps: [Gap]
    }

    /// The record that fills it.
    package var object: String
    package var record: RecordID
    package var template: RecordID
    /// The contact that it goes to; nil while nobody is chosen.
    package var receiver: RecordID?

    package init(object: String, record: RecordID, template: RecordID, receiver: RecordID? = nil) {
        self.object = object
        self.record = record
        self.template = template
        self.receiver = receiver
    }
}
