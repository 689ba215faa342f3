package import Values

/// Steps with one's own notices.
package enum NoticeCommand: Sendable {
    /// Marks notices as read, all with nil. Somebody else's stay as they are.
    case read([RecordID]?)
}
