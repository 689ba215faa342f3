import Kernel
import Testing
import Values

@testable import Web

@Suite("A change is asked for on a form", .serialized)
struct ChangeFormTests {
    private func withWorld(_ body: (RelayWorld) async throws -> Void) async throws {
        let world = try await RelayWorld.open()
        try await body(world)
        await world.house.end()
    }

    private func form(_ world: RelayWorld, _ more: [(String, String)]) -> [(String, String)] {
        [
            ("order", world.order.description), ("kind", "delivery"), ("reason", "展会要用"), ("by", "customer"),
            ("delay_days", "0"), ("affected_count", "0"),
        ] + more
    }

    @Test("The form lists what may change with what stands there now; what is filled in becomes the wish")
    func typed() async throws {
        try await withWorld { world in
            let path = "/o/change_request/new?order=\(world.order)"
            let page = await world.lin.text(path)
            #expect(page.contains("name=\"after.current_etd\"") && page.contains("name=\"after.lines.1.qty\""))
            #expect(page.contains("现为 240"))
            let reply = await world.lin.post(
                "/o/change_request/new",
                form(world, [("after.current_etd", "2027-02-12"), ("after.lines.1.qty", "480"), ("after.marks", " ")]))
            #expect(reply.status == 303, "\(reply.text.prefix(900))")
            let found = try await world.house.kernel.answer(
                ListRecords(object: "change_request", columns: ["after"]), as: .system("test"))
            #expect(
                found.rows.first?["after"].text
                    == #"{"current_etd":"2027-02-12","lines":[{"line":1,"qty":"480"}]}"#)
            let record = reply.location
            let shown = await world.lin.text(record)
            #expect(shown.contains("数量（第 1 行）: 480") && !shown.contains("current_etd:"))
        }
    }

    @Test("A form without a wish is refused and keeps what was typed")
    func blank() async throws {
        try await withWorld { world in
            let reply = await world.lin.post("/o/change_request/new", form(world, [("after.current_etd", "")]))
            #expect(reply.status == 422)
            #expect(reply.text.contains("展会要用") && reply.text.contains("name=\"after.current_etd\""))
        }
    }

    @Test("Of an order out of sight the form tells nothing")
    func outOfSight() async throws {
        try await withWorld { world in
            let page = await world.other.text("/o/change_request/new?order=\(world.order)")
            #expect(!page.contains("after.current_etd") && !page.contains("Nordlicht"))
        }
    }
}
