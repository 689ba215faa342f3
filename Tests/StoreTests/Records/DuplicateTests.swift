import Definitions
import Store
import Testing
import Values

@Suite("Suspected duplicates")
struct DuplicateTests {
    @Test(
        "Company names are one without legal form, case, accents and punctuation",
        arguments: [
            ("Nordlicht GmbH & Co. KG", "NORDLICHT"), ("Société Générale S.A.", "societe generale"),
            ("Ningbo Hengxin Co., Ltd.", "ningbo hengxin"), ("宁波恒信贸易有限公司", "宁波恒信贸易"),
            ("Ａｃｍｅ　Ｉｎｃ．", "acme"), ("Kovář s.r.o.", "KOVAR"), ("The Home Depot, Inc.", "home depot"),
        ])
    func companyNames(name: String, same: String) {
        #expect(CompanyName.key(name) == CompanyName.key(same))
        #expect(!CompanyName.key(name).isEmpty)
    }

    @Test("A name that is only a legal form still is a name")
    func onlyLegalForm() {
        #expect(CompanyName.key("AG") == "ag")
        #expect(CompanyName.key("公司") == "公司")
        #expect(CompanyName.key("SPA") != CompanyName.key("SA"))
    }

    @Test("Free-mail domains tell nothing, others do")
    func domains() {
        #expect(WebDomain.key("https://www.Nordlicht.de/kontakt?x=1") == "nordlicht.de")
        #expect(WebDomain.key("einkauf@nordlicht.de") == "nordlicht.de")
        #expect(WebDomain.key("someone@163.com") == "")
        #expect(WebDomain.key("no host") == "")
    }

    @Test("A record finds those that share a key, in the same write and after changes")
    func lookup() async throws {
        let model = try TradeFixture.model()
        try await withEachEngine(model) { database in
            try await database.write { connection in
                let store = RecordStore(connection, model: model)
                let known = TradeFixture.id(1)
                try store.insert(
                    "company", known,
                    values: ["name_en": .text("Nordlicht GmbH"), "website": .text("www.nordlicht.de")],
                    system: TradeFixture.system())
                func found(_ values: [String: Value], excluding: RecordID? = nil) throws -> [RecordID] {
                    try store.duplicates("company", values: values, excluding: excluding, context: TradeFixture.context)
                        .map(\.id)
                }
                #expect(try found(["name_en": .text("NORDLICHT")]) == [known])
                #expect(try found(["website": .text("https://nordlicht.de/")]) == [known])
                #expect(try found(["name_en": .text("Nordlicht")], excluding: known).isEmpty)
                #expect(try found(["tax_id": .text("7")]).isEmpty)
                try store.update(
                    "company", known, values: ["name_en": .text("Südlicht")], expecting: 1, at: TradeFixture.at(1),
                    by: nil)
                #expect(try found(["name_en": .text("Nordlicht")]).isEmpty)
                #expect(try found(["name_en": .text("Suedlicht")]).isEmpty)
                #expect(try found(["name_en": .text("Sudlicht")]) == [known])
                #expect(try found(["website": .text("nordlicht.de")]) == [known])
                try store.setDeleted(
                    "company", known, TradeFixture.at(2), expecting: 2, at: TradeFixture.at(2), by: nil)
                #expect(try found(["website": .text("nordlicht.de")]).isEmpty)
            }
        }
    }
}
