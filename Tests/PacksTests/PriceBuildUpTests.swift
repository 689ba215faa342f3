import Definitions
import Expressions
import Foundation
import Testing
import Values

@Suite("Formulas of quotations and products")
// swift-format-ignore: AlwaysUseLowerCamelCase
struct PriceBuildUpTests {
    // swift-format-ignore: AlwaysUseLowerCamelCase
    private struct Price: Decodable {
        // swift-format-ignore: AlwaysUseLowerCamelCase
        struct Input: Decodable { let P, vat, r, dom, fx, margin, comm, bank, freight, ins: String }
        // swift-format-ignore: AlwaysUseLowerCamelCase
        struct Expect: Decodable { let refund_cny, export_cost_cny, fob, exchange_cost: String }
        let input: Input
        let expect: Expect
    }

    // swift-format-ignore: AlwaysUseLowerCamelCase

    private struct Packing: Decodable {
        // swift-format-ignore: AlwaysUseLowerCamelCase
        struct Input: Decodable {
            let qty, pcs_per_carton, l_cm, w_cm, h_cm: Int
            let gw_kg: String
        }
        // swift-format-ignore: AlwaysUseLowerCamelCase
        struct Fit: Decodable { let by_volume, by_weight: Int }
        let input: Input
        let expect: [String: Expected]
        enum Expected: Decodable {
            case whole(Int), text(String), fit(Fit)
            init(from decoder: any Decoder) throws {
                let box = try decoder.singleValueContainer()
                // Which of the three it is shows only by trying.
                if let number = try? box.decode(Int.self) {
                    self = .whole(number)
                } else if let text = try? box.decode(String.self) {
                    self = .text(text)
                } else {
                    self = .fit(try box.decode(Fit.self))
                }
            }
        }
    }

    private func vectors<Case: Decodable>(_ name: String) throws -> [Case] {
        try JSONDecoder().decode([Case].self, from: Data(ShippedPacks.text("../Vectors/\(name).json").utf8))
    }

    @Test("The price build-up of a quotation line gives the published numbers")
    func priceBuildUp() throws {
        let cases: [Price] = try vectors("price_trading")
        for item in cases {
            let quotation = try TestRow(
                "quotation",
                [
                    "fx_rate": .number(item.input.fx), "commission_pct": .number(item.input.comm),
                    "bank_pct": .number(item.input.bank), "incoterm": .text("FOB"),
                ])
            var line = try TestRow(
                "quotation_line",
                [
                    "purchase_price": .number(item.input.P), "vat_rate": .number(item.input.vat),
                    "refund_rate": .number(item.input.r), "domestic_cost": .number(item.input.dom),
                    "target_margin": .number(item.input.margin), "qty": .number("1"), "price": .number(item.expect.fob),
                ])
            line.links["parent"] = TestLink(quotation)
            #expect(line["refund"] == .number(item.expect.refund_cny))
            #expect(line["export_cost"] == .number(item.expect.export_cost_cny))
            #expect(line["fob_suggested"] == .number(item.expect.fob))
            let margin = try #require(line["margin_pct"].decimal)
            let target = try #require(ExactDecimal(item.input.margin))
            #expect(try (margin - target).rounded(to: 3) == .zero, "priced at the suggestion, the margin is the target")
        }
    }

    @Test("A CIF quotation splits into FOB, freight and premium, and comes back to its total")
    func cifSplit() throws {
        var quotation = try TestRow(
            "quotation",
            [
                "fx_rate": .number("7.10"), "incoterm": .text("CIF"), "freight": .number("850"),
                "insurance_rate": .number("0.003"),
            ])
        quotation.children["lines"] = [
            try TestRow(
                "quotation_line", ["qty": .number("1000"), "price": .number("17.3391"), "amount": .number("17339.1")])
        ]
        #expect(quotation["total"] == .number("17339.1"))
        #expect(quotation["premium"] == .number("57.2190"))
        #expect(quotation["fob_total"] == .number("16431.8810"))
        #expect(quotation["cfr_total"] == .number("17281.8810"))
        #expect(quotation["cif_total"] == .number("17339.1"))
    }

    @Test("Cartons, volume, weight and container fill follow the packing cases")
    func packing() throws {
        let cases: [Packing] = try vectors("packing")
        for item in cases {
            let input = item.input
            let product = try TestRow(
                "product",
                [
                    "pcs_carton": .number("\(input.pcs_per_carton)"), "carton_l_cm": .number("\(input.l_cm)"),
                    "carton_w_cm": .number("\(input.w_cm)"), "carton_h_cm": .number("\(input.h_cm)"),
                    "carton_gw_kg": .number(input.gw_kg),
                ])
            for (type, field) in [("20GP", "qty_20gp"), ("40GP", "qty_40gp"), ("40HQ", "qty_40hq")] {
                guard case .fit(let fit) = item.expect[type] else { continue }
                let cartons = min(fit.by_volume, fit.by_weight)
                #expect(product[field] == .number("\(cartons * input.pcs_per_carton)"))
            }
            let line = try TestRow(
                "quotation_line",
                [
                    "qty": .number("\(input.qty)"), "pcs_carton": .number("\(input.pcs_per_carton)"),
                    "carton_cbm": product["carton_cbm"], "carton_gw_kg": .number(input.gw_kg),
                ])
            guard case .text(let cbm) = item.expect["total_cbm"], case .whole(let cartons) = item.expect["cartons"]
            else { continue }
            #expect(line["cartons"] == .number("\(cartons)"))
            #expect(line["cbm"] == .number(cbm))
        }
    }

    @Test(
        "The approval level is the highest of discount, margin and amount",
        arguments: [
            ("0.03", "0.15", "140000", "0"), ("0.0301", "0.15", "1", "1"), ("0.08", "0.10", "1", "1"),
            ("0.0801", "0.30", "1", "2"),
            ("0.1501", "0.30", "1", "3"), ("0", "0.0999", "1", "2"), ("0", "0.0499", "1", "3"),
            ("0", "-0.01", "1", "4"),
            ("0", "0.15", "140000.01", "1"), ("0", "0.15", "4000000", "3"),
        ])
    func approvalLevel(discount: String, margin: String, base: String, level: String) throws {
        let quotation = try TestRow(
            "quotation",
            [
                "discount_pct": .number(discount), "margin_pct": .number(margin), "fx_rate": .number("1"),
                "total": .number(base),
            ])
        #expect(quotation["approval_level"] == .number(level))
    }

    @Test("A quotation without cost needs the highest level and cannot be approved in own authority")
    func unknownCost() throws {
        var quotation = try TestRow("quotation", ["fx_rate": .number("7"), "incoterm": .text("FOB")])
        quotation.children["lines"] = [
            try TestRow("quotation_line", ["qty": .number("10"), "price": .number("2"), "amount": .number("20")])
        ]
        #expect(quotation["margin_pct"] == .null)
        #expect(quotation["approval_level"] == .number("4"))
        let model = try #require(ShippedPacks.result.model)
        let action = try #require(model.object("quotation")?.actions.first { $0.id == "approve_own" })
        #expect(action.condition?.matches(quotation, TestRow.context) == false)
    }

    @Test(
        "The sampling plan of an inspection follows the AQL table for level II",
        arguments: [
            (5, "A", 5, 0, 0), (40, "D", 13, 0, 1), (90, "E", 20, 1, 1), (150, "F", 20, 1, 2), (280, "G", 32, 2, 3),
            (500, "H", 50, 3, 5), (1200, "J", 80, 5, 7), (3200, "K", 125, 7, 10), (5000, "L", 200, 10, 14),
            (35_000, "M", 315, 14, 21), (150_000, "N", 500, 21, 21), (600_000, "Q", 500, 21, 21),
        ])
    func samplingPlan(lot: Int, letter: String, sample: Int, major: Int, minor: Int) throws {
        let inspection = try TestRow(
            "inspection",
            [
                "lot_qty": .number("\(lot)"), "level": .text("II"), "aql_major": .text("2.5"),
                "aql_minor": .text("4.0"),
            ])
        #expect(inspection["code_letter"] == .text(letter))
        #expect(inspection["sample_n"] == .number("\(sample)"))
        #expect(inspection["ac_major"] == .number("\(major)"))
        #expect(inspection["ac_minor"] == .number("\(minor)"))
    }
}
