/// A wish to know something. The only other way in.
///
/// A question is answered inside one read block with the actor's access in force; a page asks one question that asks
/// the smaller ones through its context.
package protocol Question: Sendable {
    associatedtype Answer: Sendable
    /// Whether it is asked for the house itself, before it is known who somebody is; otherwise the database shows it no
    /// row that none of the actor's roles opens.
    static var isOfTheHouse: Bool { get }
    func answer(in context: ReadContext) throws -> Answer
}

extension Question {
    package static var isOfTheHouse: Bool { false }
}
