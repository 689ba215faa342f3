package import Values

/// What people do with the baton, besides the record's own actions.
package enum RelayCommand: Sendable {
    /// 接棒
    case accept(leg: RecordID)
    /// 退回: the record goes back to the state and the person it came from.
    case giveBack(leg: RecordID, reason: String)
    /// 停表, 走表
    case pause(leg: RecordID, reason: String)
    case resume(leg: RecordID)
    /// 转交
    case pass(leg: RecordID, to: RecordID)
    /// 催办: the holder is told; once an hour for each leg. For whoever gave it or owns the record, and those above the
    /// holder or the owner.
    case urge(leg: RecordID)
    /// A deliverable done by hand, or not after all.
    case tick(leg: RecordID, deliverable: String, done: Bool)
    /// 补交: an open item has come.
    case settle(leg: RecordID, item: RecordID)
    /// 交棒: the record's action is done, and what is missing is owed by a date.
    case handOver(
        object: String, record: RecordID, action: String, draft: Draft, expecting: Int?, openItems: [OpenItem],
        to: RecordID?)
    /// Brings running legs to the process as it is now, all or none. For who may change definitions.
    ///
    /// - Parameter legs: leg of an older version → leg of the one in force, where they differ.
    case migrate(process: String, legs: [String: String])
}
