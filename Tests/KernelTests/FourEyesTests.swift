import Kernel
import Testing
import Values

/// Nobody approves their own work, whoever owns the record.
@Suite(.serialized) struct FourEyesTests {
    @Test("Who changes a bank account can't verify it, though somebody else owns it")
    func bankAccount() async throws {
        let house = try await TestHouse.open()
        _ = try await house.kernel.addAccount(
            login: "bob", name: "Bob", roles: ["finance"], hash: "-", more: [:])
        let account = try await house.bankAccount()
        _ = try await house.act("edit_again", "bank_account", account, as: "bob")
        try await house.update("bank_account", account, Draft(["account_no": .text("EVIL-1")]), as: "bob")
        #expect(try await !house.show("bank_account", account, as: "bob").actions.contains("verify"))
        let refusal = try await refused {
            try await house.act("verify", "bank_account", account, ["call_back_note": .text("x")], as: "bob")
        }
        #expect(refusal.code == "own_record")
        #expect(try await house.show("bank_account", account, as: "zong").actions.contains("verify"))
        _ = try await house.act("verify", "bank_account", account, ["call_back_note": .text("called")], as: "zong")
        // Also after a change in the open state that somebody else began.
        _ = try await house.act("edit_again", "bank_account", account, as: "zong")
        try await house.update("bank_account", account, Draft(["account_no": .text("EVIL-2")]), as: "bob")
        try await refused {
            try await house.act("verify", "bank_account", account, ["call_back_note": .text("x")], as: "bob")
        }
        await house.end()
    }

    @Test("A quotation that a manager submitted is not theirs to approve after handing it over")
    func handedOver() async throws {
        let house = try await TestHouse.open()
        try await house.rate("USD", "7.1")
        let company = try await house.customer("Handed GmbH", of: "lin")
        let lamp = try await house.lamp("L-9")
        let quotation = try await house.quotation(for: company, product: lamp, price: "9.1", as: "chen").id
        _ = try await house.act("submit", "quotation", quotation, as: "chen")
        _ = try await house.act("assign", "quotation", quotation, ["owner": .record(Staff.id("lin"))], as: "chen")
        let refusal = try await refused { try await house.act("approve", "quotation", quotation, as: "chen") }
        #expect(refusal.code == "own_record")
        _ = try await house.act("approve", "quotation", quotation, as: "zong")
        await house.end()
    }
}
