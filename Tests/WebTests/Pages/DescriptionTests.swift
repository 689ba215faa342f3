import Definitions
import Kernel
import Testing
import Values

@testable import Web

@Suite("The description of the API", .serialized)
struct DescriptionTests {
    @Test("A stranger reads of the shipped packs only, somebody signed in of what they may read")
    func readers() async throws {
        let house = try await WebHouse.open()
        let owner = try await house.owner()
        let admin = try await house.person("ada", roles: ["admin"])
        let secret = Label(zh: "机密", en: "Merger plan")
        _ = try await house.kernel.perform(
            Command(
                .define([
                    .addObject(id: "x_merger", label: secret, plural: secret, icon: "file"),
                    .addField(object: "company", FieldDraft(id: "x_buyer", label: secret, type: "text")),
                ])), as: .system("test"))
        let stranger = await Browser(house: house).text("/api/openapi.json")
        #expect(stranger.contains("\"/quotation\""))
        #expect(!stranger.contains("x_merger") && !stranger.contains("x_buyer"))
        let seen = await owner.text("/api/openapi.json")
        #expect(seen.contains("x_merger") && seen.contains("x_buyer") && seen.contains("\"total_cost\""))
        // The administrator is not cleared for costs.
        #expect(await !admin.text("/api/openapi.json").contains("\"total_cost\""))
        let forged = await Browser(house: house).get("/api/openapi.json", headers: ["authorization": "Bearer x"])
        #expect(forged.status == 401)
        await house.end()
    }

    @Test("It names every path of the house, and what it refers to is there")
    func whole() async throws {
        let house = try await WebHouse.open()
        let text = try await house.owner().text("/api/openapi.json")
        for operation in HouseOperation.all { #expect(text.contains("\"\(operation.path)\"")) }
        for path in ["/quotation/{id}/pdf", "/company/bulk", "/order/{id}/timeline", "/company/{id}/access"] {
            #expect(text.contains("\"\(path)\""))
        }
        let ids = text.matches(of: /"operationId":"([^"]+)"/).map { $0.1 }
        #expect(Set(ids).count == ids.count)
        for schema in Set(text.matches(of: /#\/components\/schemas\/([a-zA-Z0-9_]+)"/).map { $0.1 }) {
            #expect(text.contains("\"\(schema)\":{"), "\(schema) is not there")
        }
        await house.end()
    }
}
