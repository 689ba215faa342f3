import Foundation
import Kernel
import Testing
import Values

@testable import Web

@Suite("Lists taken away", .serialized)
struct ExportTests {
    @Test("A list with more rows than one file takes is refused before its second page is read; nothing is left behind")
    func tooLong() async throws {
        let house = try await WebHouse.open(exportLimit: 3)
        let owner = try await house.owner()
        for number in 1...8 {
            _ = try await house.kernel.perform(
                Command(
                    .create(
                        object: "company",
                        Draft([
                            "name_en": .text("Firm \(number) Ltd"), "short_name": .text("Firm \(number)"),
                            "roles": .list([.text("customer")]), "country": .text("DE"), "source": .text("fair"),
                        ]))), as: .system("test"))
            if number == 3 { #expect(await owner.get("/o/company/export.csv").status == 200) }
        }
        func statements(_ path: String) async -> Int {
            await house.database.counted {
                let refused = await owner.get(path)
                #expect(refused.status == 422 && refused.text.contains("一次最多导出 3 行"), "\(refused.status)")
            }
        }
        let few = await statements("/o/company/export.csv?view=all")
        let one = await house.database.counted { _ = await owner.get("/o/company?view=all&limit=3") }
        #expect(few <= one + 10, "\(few) with \(one) of a list")
        _ = await statements("/o/company/export.xlsx?view=all")
        #expect(try FileManager.default.contentsOfDirectory(atPath: house.folder + "/uploads").isEmpty)
        await house.end()
    }
}
