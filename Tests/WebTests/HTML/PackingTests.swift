import Kernel
import Testing

@testable import Web

@Suite("Packing of answers, and the token that packing must not give away")
struct PackingTests {
    @Test(
        "What a client accepts is read with its weights",
        arguments: [
            ("gzip, deflate, br", true), ("br;q=1.0, gzip;q=0.8", true), ("GZIP", true), ("*", true),
            ("gzip;q=0", false), ("gzip;q=0.000, *", false), ("identity", false), ("", false), ("br", false),
        ])
    func accepted(_ header: String, _ isAccepted: Bool) {
        #expect(Gzip.isAccepted(header) == isAccepted)
        #expect(!Gzip.isAccepted(nil))
    }

    @Test("Texts get smaller, short and random bytes stay as they are")
    func packed() throws {
        let text = Array(String(repeating: "<td class=\"num\">12,400.00</td>", count: 400).utf8)
        let small = try #require(Gzip.packed(text, level: Gzip.quick))
        #expect(small.count < text.count / 20 && small.starts(with: [0x1F, 0x8B]))
        #expect(Gzip.packed(Array("short".utf8), level: Gzip.thorough) == nil)
        #expect(Gzip.packed(Secrets.random(count: 4_000), level: Gzip.thorough) == nil)
        #expect(Gzip.helps("text/html; charset=utf-8") && !Gzip.helps("application/pdf") && !Gzip.helps("image/png"))
    }

    @Test("The token of a session looks different on every page and is known each time")
    func token() {
        let secret = Secrets.digest("a session")
        let first = FormToken.masked(secret)
        let second = FormToken.masked(secret)
        #expect(first != second && !first.contains(secret))
        #expect(
            FormToken.matches(first, secret) && FormToken.matches(second, secret) && FormToken.matches(secret, secret))
    }

    @Test("A token of another session, a broken one and none are refused")
    func refused() {
        let secret = Secrets.digest("a session")
        let other = FormToken.masked(Secrets.digest("another"))
        for sent in ["", "0", other, String(other.dropLast()), String(repeating: "z", count: 128), secret + "00"] {
            #expect(!FormToken.matches(sent, secret), "\(sent)")
        }
        #expect(FormToken.family(secret) == FormToken.family(secret) && !secret.contains(FormToken.family(secret)))
    }
}
