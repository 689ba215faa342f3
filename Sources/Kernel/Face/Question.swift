/// A wish to know something. The only other way in.
///
/// A question is answered inside one read block with the actor's access in force; a page asks one question that asks
/// the smaller ones through its context.
package protocol Question: Sendable {
    associatedtype Answer: Sendable
    func answer(in context: ReadContext) throws -> Answer
}
