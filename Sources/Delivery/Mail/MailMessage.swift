package import Values

/// A mail as it goes over the wire (RFC 5322, 2045): UTF-8 everywhere, both parts in base 64, so that no server on the
/// way has a reason to change a byte.
package struct MailMessage: Sendable, Hashable {
    package let from: MailAddress
    package let fromName: String
    package let to: [MailAddress]
    package let subject: String
    package let text: String
    package let html: String?
    package let at: Instant
    /// The same for every attempt, so that a mail that came twice is seen as one.
    package let key: String

    /// Whom answers reach when a person wrote it; nil for what the house says by itself.
    package var replyTo: MailAddress?
    package var files: [File] = []

    package struct File: Sendable, Hashable {
        package let name: String
        package let mediaType: String
        package let content: [UInt8]

        package init(name: String, mediaType: String, content: [UInt8]) {
            self.name = name
            self.mediaType = mediaType
            self.content = content
        }
    }

    package init(
        from: MailAddress, fromName: String, to: [MailAddress], subject: String, text: String, html: String?,
        at: Instant,
        key: String
    ) {
        self.from = from
        self.fromName = fromName
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.at = at
        self.key = key
    }

    package var messageID: String { "<" + Self.token(key) + "@" + from.domain + ">" }

    /// The whole mail, lines ended by CR LF.
    package var written: String {
        var lines = [
            "Date: " + Self.date(at),
            "From: " + HeaderText.encoded(fromName, column: 6) + Self.bracketed(from),
            "To: " + to.map(\.text).joined(separator: ",\r\n "),
            "Message-ID: " + messageID,
            "Subject: " + HeaderText.encoded(subject, column: 9),
            replyTo.map { "Reply-To: " + $0.text } ?? "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
        ]
        lines += files.isEmpty ? body : mixed
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private var boundary: String { "=_baton_" + Self.token(key).suffix(40) }

    /// The text, in two kinds when there is a page of it.
    private var body: [String] {
        guard let html else { return Self.part(text, "plain") }
        var lines = ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", ""]
        lines += ["--" + boundary] + Self.part(text, "plain")
        lines += ["--" + boundary] + Self.part(html, "html")
        return lines + ["--" + boundary + "--"]
    }

    /// The text and the files behind it.
    private var mixed: [String] {
        let outer = boundary + "_files"
        var lines = ["Content-Type: multipart/mixed; boundary=\"\(outer)\"", "", "--" + outer] + body
        for file in files {
            lines += [
                "--" + outer, "Content-Type: " + file.mediaType, "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment; filename*=UTF-8''" + Self.percentEncoded(file.name), "",
                Base64.lines(file.content),
            ]
        }
        return lines + ["--" + outer + "--"]
    }

    /// A file's name as a parameter of a header (RFC 2231).
    private static func percentEncoded(_ name: String) -> String {
        name.utf8.reduce(into: "") { text, byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2D || byte == 0x5F || byte == 0x2E
            let digits = String(byte, radix: 16, uppercase: true)
            text += isPlain ? String(Unicode.Scalar(byte)) : "%" + (digits.utf8.count < 2 ? "0" : "") + digits
        }
    }

    /// Behind an encoded name the address stands on a line of its own.
    private static func bracketed(_ address: MailAddress) -> String { "\r\n <" + address.text + ">" }

    private static func part(_ text: String, _ kind: String) -> [String] {
        [
            "Content-Type: text/\(kind); charset=UTF-8", "Content-Transfer-Encoding: base64", "",
            Base64.lines(Array(text.utf8)),
        ]
    }

    /// A key as one word of letters, digits, `.`, `-`, `_`; everything else in hexadecimal.
    private static func token(_ key: String) -> String {
        key.utf8.reduce(into: "") { text, byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2D || byte == 0x5F
            let digits = String(byte, radix: 16)
            text += isPlain ? String(Unicode.Scalar(byte)) : "." + (digits.utf8.count < 2 ? "0" : "") + digits
        }
    }

    /// `Sun, 22 Nov 2026 09:30:00 +0000`
    static func date(_ instant: Instant) -> String {
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let (year, month, day) = instant.day.components
        let time = instant.description.dropFirst(11).prefix(8)
        return "\(days[instant.day.weekday - 1]), \(day) \(months[month - 1]) \(year) \(time) +0000"
    }
}
