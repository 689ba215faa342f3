import Documents
package import Values

/// The printable document of a record (quotation, proforma invoice), as the actor may see it.
package struct DocumentOf: Question {
    package var object: String
    package var id: RecordID

    package init(object: String, id: RecordID) {
        self.object = object
        self.id = id
    }
}
