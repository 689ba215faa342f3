package import Definitions

/// What becomes of a part of a foreign file.
package enum Treatment: String, Sendable, Hashable, CaseIterable {
    /// The system does what it says.
    case executed
    /// The system does nothing with it and gives it back unchanged.
    case kept
    /// It would change what happens and can't be carried out: the process or table can't run until it is mended.
    case refused
}

/// One line of the report about a foreign file.
package struct InterchangeNote: Sendable, Hashable {
    package let treatment: Treatment
    /// The local name of the element, such as `userTask`.
    package let element: String
    /// The id of the element, or of the nearest one around it that has one.
    package let id: String?
    /// A permanent word for programs.
    package let code: String
    /// Why, in words.
    package let message: Label

    package init(_ treatment: Treatment, element: String, id: String?, code: String, message: Label) {
        self.treatment = treatment
        self.element = element
        self.id = id
        self.code = code
        self.message = message
    }
}
