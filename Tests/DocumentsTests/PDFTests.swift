import Documents
import Foundation
import Testing
import Values

@Suite("Documents as PDF")
struct PDFTests {
    private static let worker = PDFWorker()

    private func render(_ document: TradeDocument) async throws -> PDFResult { try await Self.worker.render(document) }

    @Test("A proforma of a few lines fits one page")
    func onePage() async throws {
        let result = try await render(Sample.proforma(lines: 5))
        #expect(result.pages == 1)
        #expect(result.bytes.starts(with: Array("%PDF-".utf8)))
        #expect(result.hash.count == 64)
    }

    @Test("Equal documents give equal bytes, also on another thread")
    func determinism() async throws {
        let first = try await render(Sample.proforma())
        let other = PDFWorker(threads: 2)
        let second = try await other.render(Sample.proforma())
        #expect(first == second)
        other.close()
    }

    @Test("Every change of the content changes the hash")
    func hashFollowsContent() {
        let base = Sample.proforma()
        var changes: [TradeDocument] = Array(repeating: base, count: 8)
        changes[0].number += "x"
        changes[1].version += 1
        changes[2].lines[0].cells[2] += "."
        changes[3].bank[1].text = "3940 1234 5678 9013"
        changes[4].isDraft = true
        changes[5].language = .english
        changes[6].seller.name = BilingualText(zh: base.seller.name.en, en: base.seller.name.zh)
        changes[7].terms.removeLast()
        #expect(Set((changes + [base]).map(\.contentHash)).count == 9)
    }

    @Test("Every language and kind is rendered", arguments: DocumentLanguage.allCases, DocumentKind.allCases)
    func languages(language: DocumentLanguage, kind: DocumentKind) async throws {
        var document = Sample.proforma(lines: 2, language: language)
        document.kind = kind
        #expect(try await render(document).pages == 1)
    }

    @Test("2,000 lines run over many pages")
    func manyLines() async throws {
        let result = try await render(Sample.proforma(lines: 2000))
        #expect(result.pages > 50)
    }

    @Test("More lines than allowed are refused")
    func tooManyLines() async throws {
        var document = Sample.proforma(lines: 1)
        document.lines = Array(repeating: document.lines[0], count: 5001)
        await #expect(throws: PDFError.tooLong) { try await render(document) }
    }

    @Test("Hostile texts are rendered without hanging")
    func hostileTexts() async throws {
        var document = Sample.proforma(lines: 3)
        document.lines[0].cells[2] = String(repeating: "very long ", count: 1000)
        document.lines[1].cells[2] = String(repeating: "无", count: 10_000)
        document.lines[2].cells[2] = String(repeating: "x", count: 10_000)
        document.lines[2].cells[1] = "e" + String(repeating: "\u{301}", count: 50_000)
        document.buyer.name = BilingualText(zh: "", en: "\u{202E}live\u{0000} شركة النور للتجارة 👩‍👩‍👧‍👦 \u{2067}abc")
        document.remarks = "a\u{0}b\r\nc\u{7}d\u{2028}e <b>&amp;</b> %s"
        document.terms += [LabelledText(zh: "长", en: "Long", String(repeating: "clause\n", count: 400))]
        let result = try await render(document)
        #expect(result.pages > 3)
        #expect(result.pages < 40)
    }

    @Test("An empty document is still a page")
    func emptyDocument() async throws {
        let nobody = DocumentParty(name: BilingualText(zh: "", en: ""))
        let document = TradeDocument(kind: .quotation, number: "", date: Sample.day, seller: nobody, buyer: nobody)
        #expect(try await render(document).pages == 1)
    }

    @Test("When too many documents wait, the next one is refused as busy")
    func boundedQueue() async throws {
        let worker = PDFWorker(threads: 1, queueLimit: 2)
        let document = Sample.proforma(lines: 400)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do {
                        _ = try await worker.render(document)
                        return true
                    } catch {
                        return (error as? PDFError) != .busy
                    }
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.contains(true))
        #expect(outcomes.contains(false))
        worker.close()
        await #expect(throws: PDFError.closed) { try await worker.render(document) }
    }
}

@Suite("Pictures on documents")
struct DocumentPictureTests {
    private static let dot =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

    private func document(_ picture: [UInt8]) -> TradeDocument {
        var document = Sample.proforma(lines: 2)
        document.seller.logo = DocumentPicture(bytes: picture)
        document.columns.insert(LineColumn(zh: "图片", en: "Picture", share: 10, showsPicture: true), at: 2)
        for index in document.lines.indices {
            document.lines[index].cells.insert("", at: 2)
            document.lines[index].picture = DocumentPicture(bytes: picture)
        }
        return document
    }

    @Test("A picture is printed and counts for the hash")
    func printed() async throws {
        let png = try #require(Data(base64Encoded: Self.dot)).map { $0 }
        let worker = PDFWorker()
        let result = try await worker.render(document(png))
        #expect(result.pages == 1)
        #expect(result.hash != document([]).contentHash)
        worker.close()
    }

    @Test("Bytes that are no picture, damaged or of absurd size are left out")
    func hostile() async throws {
        let png = try #require(Data(base64Encoded: Self.dot)).map { $0 }
        let header: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
        let huge = header + [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 8, 6, 0, 0, 0]
        let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0, 8, 0, 8, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1]
        let worker = PDFWorker()
        for bytes in [[], [0x61], Array(png.dropLast(30)), huge, jpeg, Array(jpeg.prefix(7))] {
            #expect(try await worker.render(document(bytes)).pages == 1)
        }
        worker.close()
    }
}
