import Access
import Expressions
import Synchronization

/// What one subject may do by one model, with the conditions that were checked for it before: views ask for the same
/// ones at every page.
final class Rights: Sendable {
    private struct Asked: Hashable {
        let object: String
        let source: String
    }

    let access: AccessTable
    private let checked = Mutex<[Asked: TypedExpression]>([:])
    /// Conditions that name a record are as many as there are records; beyond this many the memory starts anew.
    private static let limit = 300

    init(_ access: AccessTable) { self.access = access }

    /// The condition as it was checked for this subject, or as `check` does it now.
    func condition<Failure: Error>(
        _ source: String, on object: String, check: () throws(Failure) -> TypedExpression
    ) throws(Failure) -> TypedExpression {
        let asked = Asked(object: object, source: source)
        if let known = checked.withLock({ $0[asked] }) { return known }
        let fresh = try check()
        checked.withLock { checked in
            if checked.count >= Self.limit { checked = [:] }
            checked[asked] = fresh
        }
        return fresh
    }
}
