package import Values

/// Steps with the files at a record.
package enum FileCommand: Sendable {
    /// Puts a file into a files field; one of the same name becomes its next version. The same content once more is
    /// refused.
    ///
    /// - Parameter name: for showing and downloading; folders and control characters are left out.
    case attach(object: String, id: RecordID, field: String, name: String, content: [UInt8])
    /// Takes a file off its record.
    case detach(object: String, id: RecordID, file: RecordID)

    /// Bytes of the largest file that is taken.
    package static let largest = 25 << 20
    /// Files that one record may have.
    package static let most = 100
}
