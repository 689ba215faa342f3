import Definitions
import Foundation
import Kernel
import Testing
import Values

@testable import Web

/// The inbox of approvals and its API.
@Suite("Approval inbox") struct ApprovalPageTests {
    private func actor(_ house: WebHouse, _ login: String) async throws -> Actor {
        try #require(
            try await house.kernel.answer(
                IdentifyActor(token: try await house.kernel.localToken(for: login), origin: .api), as: .nobody))
    }

    /// A purchase order above the buyer's own authority, submitted.
    private func submitted(_ house: WebHouse) async throws -> (order: RecordID, approval: RecordID) {
        let system = Actor.system("test")
        let supplier = try await house.kernel.perform(
            Command(
                .create(
                    object: "company",
                    Draft([
                        "name_en": .text("Ningbo <Glass>"), "short_name": .text("Ningbo <Glass>"),
                        "roles": .list([.text("supplier")]), "country": .text("CN"), "source": .text("other"),
                    ]))), as: system)
        var draft = Draft([
            "supplier": .text(try #require(supplier.record?.id).description), "due": .text("2027-01-31"),
        ])
        draft.lines["lines"] = [
            LineDraft([
                "description": .text("Glass"), "qty": .number("1000"), "price": .number("60"),
                "standard_price": .number("60"),
            ])
        ]
        let peng = try await actor(house, "peng")
        let order = try await house.kernel.perform(Command(.create(object: "purchase_order", draft)), as: peng)
        let id = try #require(order.record?.id)
        let asked = try await house.kernel.perform(
            Command(.act(object: "purchase_order", id: id, action: "submit", Draft(), expecting: nil)), as: peng)
        return (id, try #require(asked.approval?.id))
    }

    @Test("What waits for me is counted in the menu, told with its reason and limits, and decided from the card")
    func inbox() async throws {
        let house = try await WebHouse.open()
        _ = try await house.owner()
        let buyer = try await house.person("peng", roles: ["purchasing"])
        let boss = try await house.person("zong", roles: ["general_manager"])
        let stranger = try await house.person("qin", roles: ["qc"])
        let (order, approval) = try await submitted(house)
        let paper = "/o/purchase_order/\(order)"
        let told = await buyer.text(paper).split(separator: "采购审批：").dropFirst().first?.prefix(40)
        #expect(told?.contains("Zong") == true && told?.contains(" 决定，到 ") == true, "\(told ?? "nothing")")
        #expect(await boss.text(paper).contains("采购审批：等你决定，到 "))
        #expect(!(await stranger.text(paper)).contains("采购审批："))
        let inbox = await boss.text("/approvals")
        #expect(inbox.contains("Ningbo &lt;Glass&gt;") || inbox.contains("PO2611"))
        #expect(inbox.contains("/approvals/\(approval)?box=mine"))
        #expect(inbox.contains("Ningbo &lt;Glass&gt; · ") && inbox.contains("60,000.00"))
        let card = await boss.text("/approvals/\(approval)")
        #expect(card.contains("为什么是你") && card.contains("总经理"))
        #expect(card.contains("60,000") && card.contains("data-key=\"a\""))
        #expect(await stranger.get("/approvals/\(approval)").status == 404)
        #expect(await buyer.text("/approvals?box=started").contains("/approvals/\(approval)"))
        let early = await boss.post("/approvals/\(approval)/step", [("verb", "return"), ("note", "")])
        #expect(early.status == 303)
        #expect(await boss.text(early.location).contains("请写明理由"))
        let done = await boss.post("/approvals/\(approval)/step", [("verb", "approve"), ("note", "ok")])
        #expect(done.status == 303)
        #expect(await boss.text("/approvals").contains("没有等你审批的事"))
        let record = try await house.kernel.answer(
            ShowRecord(object: "purchase_order", id: order), as: try await actor(house, "peng"))
        #expect(record["status"] == .text("approved"))
        #expect(!(await buyer.text(paper)).contains("采购审批："))
        await house.end()
    }

    @Test("The API lists, shows and decides, and refuses with a code")
    func api() async throws {
        let house = try await WebHouse.open()
        _ = try await house.owner()
        let buyer = try await house.person("peng", roles: ["purchasing"])
        let boss = try await house.person("zong", roles: ["general_manager"])
        let (_, approval) = try await submitted(house)
        let csrf = await boss.text("/")
        let token = csrf.firstRange(of: "data-csrf=\"").map { range in
            String(csrf[range.upperBound...].prefix { $0 != "\"" })
        }
        let headers = ["content-type": "application/json", "x-csrf-token": token ?? ""]
        #expect(await boss.text("/api/v1/approvals?box=mine").contains(approval.description))
        let shown = await boss.text("/api/v1/approvals/\(approval)")
        #expect(shown.contains("\"verbs\":[\"approve\",\"reject\",\"return\""))
        let wrong = await boss.send(
            "POST", "/api/v1/approvals/\(approval)/dance", body: Array("{}".utf8), headers: headers)
        #expect(wrong.status == 404 && wrong.text.contains("unknown_verb"))
        let empty = await boss.send(
            "POST", "/api/v1/approvals/\(approval)/reject", body: Array("{}".utf8), headers: headers)
        #expect(empty.status == 422 && empty.text.contains("note_required"))
        let done = await boss.send(
            "POST", "/api/v1/approvals/\(approval)/approve", body: Array("{\"note\":\"ok\"}".utf8), headers: headers)
        #expect(done.status == 200 && done.text.contains("\"status\":\"approved\""))
        #expect(await buyer.text("/api/v1/approvals?box=started").contains("approved"))
        await house.end()
    }

    @Test("The API gives the limits as DMN and takes a table in, for who writes the limits")
    func levels() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        let buyer = try await house.person("peng", roles: ["purchasing"])
        let page = await owner.text("/")
        let token = page.firstRange(of: "data-csrf=\"").map { range in
            String(page[range.upperBound...].prefix { $0 != "\"" })
        }
        let path = "/api/v1/approvals/purchase_order.purchase/levels"
        let file = await owner.get(path + ".dmn")
        #expect(file.status == 200 && file.text.contains("<definitions"))
        let headers = ["content-type": "application/xml", "x-csrf-token": token ?? ""]
        let rehearsed = await owner.send(
            "POST", path + ".dmn?dry_run=true", body: Array(file.text.utf8), headers: headers)
        #expect(rehearsed.status == 200 && rehearsed.text.contains("\"ok\":true"))
        let taken = await owner.send("POST", path + ".dmn", body: Array(file.text.utf8), headers: headers)
        #expect(taken.status == 200 && taken.text.contains("\"version\":1"))
        #expect(await owner.text(path + ".dmn?version=current") == file.text)
        #expect(await owner.text(path).contains("\"in_force\":1"))
        let broken = await owner.send("POST", path + ".dmn", body: Array("<x/>".utf8), headers: headers)
        #expect(broken.status == 422 && broken.text.contains("other_format"))
        #expect(await buyer.get(path).status == 200)
        #expect(await owner.get("/api/v1/approvals/purchase_order.none/levels").status == 404)
        let gone = await owner.send("DELETE", path + ".dmn", body: [], headers: headers)
        #expect(gone.status == 200 && gone.text.contains("\"in_force\":null"))
        await house.end()
    }
}
