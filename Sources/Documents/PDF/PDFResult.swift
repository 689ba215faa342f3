/// A rendered document.
package struct PDFResult: Sendable, Hashable {
    /// The file, equal for equal documents on the same machine.
    package let bytes: [UInt8]
    package let pages: Int
    /// SHA-256 of the document's canonical content, 64 lower-case hex digits; the first 12 stand in the footer.
    package let hash: String
}

/// Why a document could not be rendered.
package enum PDFError: Error, Sendable, Hashable {
    /// As many documents as allowed are waiting already; try again shortly.
    case busy
    /// The worker was closed before this document's turn.
    case closed
    /// More lines than `PDFRenderer.maximumLines` or more pages than `PDFRenderer.maximumPages`.
    case tooLong
    /// The drawing library refused; the text is its own, for the log.
    case drawing(String)
}
