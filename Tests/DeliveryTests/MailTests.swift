import Delivery
import Testing
import Values

@Suite("Mail as it goes over the wire")
struct MailTests {
    private func mail(subject: String, html: String? = nil, key: String = "notice:1", name: String = "Baton 接力") throws
        -> MailMessage
    {
        MailMessage(
            from: try #require(MailAddress("baton@example.com")), fromName: name,
            to: [try #require(MailAddress("lin@example.com")), try #require(MailAddress("wang@example.com"))],
            subject: subject, text: "订单 PO-1 已到期。\n请处理。\n", html: html,
            at: try #require(Instant("2026-11-22T09:30:05Z")), key: key)
    }

    /// Header name → value, unfolded; the rest of the mail.
    private func parts(_ text: String) -> (headers: [String: String], body: String) {
        let halves = text.components(separatedBy: "\r\n\r\n", once: true)
        let lines = halves.0.replacing("\r\n ", with: " ").split(separator: "\r\n")
        var headers: [String: String] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[String(line[..<colon])] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return (headers, halves.1)
    }

    @Test("Headers are ASCII, folded, and say who, when and which mail it is")
    func headers() throws {
        let (headers, body) = parts(try mail(subject: "Order PO-1 is due").written)
        #expect(headers["Subject"] == "Order PO-1 is due")
        #expect(headers["Date"] == "Sun, 22 Nov 2026 09:30:05 +0000")
        #expect(headers["Message-ID"] == "<notice.3a1@example.com>")
        #expect(headers["From"] == "=?UTF-8?B?QmF0b24g5o6l5Yqb?= <baton@example.com>")
        #expect(headers["To"] == "lin@example.com, wang@example.com")
        #expect(headers["Auto-Submitted"] == "auto-generated")
        #expect(headers["Content-Type"] == "text/plain; charset=UTF-8")
        #expect(body.hasPrefix("6K6i5Y2VIFBPLTEg5bey5Yiw5pyf44CCCuivt+WkhOeQhuOAggo="))
    }

    @Test("What a person wrote asks for answers to them and carries its files; nothing says that it came by itself")
    func personal() throws {
        let address = try #require(MailAddress("baton@example.com"))
        var mail = MailMessage(
            from: address, fromName: "Lin", to: [address], subject: "Offer", text: "Dear Katrin", html: nil,
            at: Instant(milliseconds: 0), key: "note:1")
        mail.replyTo = MailAddress("lin@example.com")
        mail.files = [.init(name: "报价 1.pdf", mediaType: "application/pdf", content: Array("%PDF-1.7".utf8))]
        let written = mail.written
        #expect(written.contains("\r\nReply-To: lin@example.com\r\n") && !written.contains("Auto-Submitted"))
        #expect(written.contains("Content-Type: multipart/mixed; boundary=\"=_baton_note.3a1_files\"\r\n"))
        #expect(written.contains("filename*=UTF-8''%E6%8A%A5%E4%BB%B7%201.pdf\r\n\r\nJVBERi0xLjc="))
        #expect(written.hasSuffix("--=_baton_note.3a1_files--\r\n"))
    }

    @Test("Long subjects in Chinese are whole characters in words of at most 75", arguments: [0, 7, 20, 60, 200])
    func encodedWords(count: Int) throws {
        let subject = String(repeating: "询盘🚢é", count: count)
        let text = try mail(subject: subject).written
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 78 })
        let words = parts(text).headers["Subject"]?.split(separator: " ") ?? []
        #expect(words.allSatisfy { $0.utf8.count <= 75 })
        let decoded = words.map { Base64Reader.text(String($0.dropFirst(10).dropLast(2))) }.joined()
        #expect(decoded == subject)
    }

    @Test("No header can be brought in from a subject, a name or a key")
    func injection() throws {
        let evil = "x\r\nBcc: everybody@example.com\r\n\r\nbody"
        let headers = parts(try mail(subject: evil, key: evil, name: evil).written).headers
        #expect(headers["Bcc"] == nil)
        #expect(headers.count == 9)
        for text in [
            "a@b\r\nRCPT TO:<c@d>", "a b@c", "<a@b>", "a@b,c@d", "a", "@b", "a@", "a@b..c", ".a@b", "名@b.cn", "a@-b.c",
        ] {
            #expect(MailAddress(text) == nil, "\(text)")
        }
        #expect(MailAddress("o'neil+x@mail.example.co")?.domain == "mail.example.co")
    }

    @Test("A mail with a page has both parts, the plain one first, and a boundary of its own")
    func multipart() throws {
        let (headers, body) = parts(try mail(subject: "s", html: "<p>订单</p>").written)
        let boundary = try #require(headers["Content-Type"]?.split(separator: "\"").dropFirst().first)
        let pieces = body.components(of: "--" + boundary)
        #expect(pieces.count == 4 && pieces[3] == "--\r\n")
        #expect(pieces[1].contains("text/plain") && pieces[2].contains("text/html"))
        #expect(Base64Reader.text(pieces[2].components(separatedBy: "\r\n\r\n", once: true).1) == "<p>订单</p>")
    }
}

extension String {
    fileprivate func components(of separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }

    fileprivate func components(separatedBy separator: String, once: Bool) -> (String, String) {
        let all = components(of: separator)
        return (all[0], all.dropFirst().joined(separator: separator))
    }
}

/// Reads base 64, by another way than the one that writes it.
enum Base64Reader {
    static func text(_ text: String) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var bits = 0
        var count = 0
        var bytes: [UInt8] = []
        for letter in text {
            guard let value = letters.firstIndex(of: letter) else { continue }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 0xFF))
                bits &= (1 << count) - 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
