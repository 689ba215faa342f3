import Calendars
import Definitions
import Demo
import Kernel
import Store
import Testing
import Values

/// What a new user may expect of the demo company.
@Suite struct DemoCompanyTests {
    @Test("The same last day makes the same company, row for row")
    func repeatable() async throws {
        async let second = DemoHouse.make()
        let first = try await DemoHouse.shared.value
        let left = try await first.digests()
        let right = try await second.digests()
        #expect(left.count > 100)
        #expect(left == right)
    }

    @Test("The company has the size of a real exporter")
    func size() async throws {
        let house = try await DemoHouse.shared.value
        let asked: [(SQLFragment, Int64)] = [
            ("SELECT count(*) FROM o_user", 12), ("SELECT count(*) FROM o_department", 5),
            ("SELECT count(*) FROM o_region WHERE f_code <> 'HQ'", 3), ("SELECT count(*) FROM o_company", 300),
            ("SELECT count(DISTINCT f_country) FROM o_company", 40), ("SELECT count(*) FROM o_inquiry", 1500),
            ("SELECT count(*) FROM o_quotation", 900), ("SELECT count(*) FROM o_quotation WHERE f_version_no > 1", 90),
            ("SELECT count(*) FROM o_order", 400), ("SELECT count(DISTINCT f_stage) FROM o_order", 13),
            ("SELECT count(*) FROM o_sample", 80), ("SELECT count(*) FROM o_shipment", 300),
            ("SELECT count(*) FROM o_payment", 500), ("SELECT count(*) FROM o_claim", 15),
            ("SELECT (max(f_received_at) - min(f_received_at)) / 86400000 FROM o_inquiry", 530),
        ]
        for (question, least) in asked {
            let found = try await house.number(question)
            #expect(found >= least, "\(question)")
        }
    }

    @Test("Every stage an order can be in has an order")
    func stages() async throws {
        let house = try await DemoHouse.shared.value
        let found = try await house.database.read { connection in
            try connection.rows("SELECT DISTINCT f_stage FROM o_order").map { $0[0].text ?? "" }
        }
        let all: Set<String> = [
            "contract_review", "deposit", "order_release", "purchasing", "scheduling", "production", "qc", "booking",
            "customs", "shipment", "documents", "collection", "refund", "after_sales", "closed", "cancelled",
        ]
        #expect(all.subtracting(found) == [])
    }

    @Test("Nothing has happened after the moment at which the company is made")
    func past() async throws {
        let house = try await DemoHouse.shared.value
        let now = DemoHouse.now.milliseconds
        #expect(try await house.number("SELECT count(*) FROM event WHERE at > \(now)") == 0)
        for table in ["o_order", "o_quotation", "o_payment", "o_purchase_order", "o_production_plan", "o_followup"] {
            let later = try await house.number(
                .raw("SELECT count(*) FROM \(table) WHERE created_at > \(now) OR updated_at > \(now)"))
            #expect(later == 0, "\(table)")
        }
    }

    @Test("People work in office hours of working days only")
    func hours() async throws {
        let house = try await DemoHouse.shared.value
        let moments = try await house.numbers("SELECT at FROM event WHERE actor IS NOT NULL")
        #expect(moments.count > 20_000)
        let odd = moments.filter { milliseconds in
            let local = Instant(milliseconds: milliseconds).adding(seconds: 8 * 3600)
            let minute = Int(local.secondsSinceEpoch % 86_400) / 60
            return !(8 * 60...19 * 60 + 5).contains(minute) || !DemoHouse.calendar.isWorkingDay(local.day)
        }
        #expect(odd.count == 0)
    }

    @Test("Orders are the sum of their lines, receivables the sum of orders, and what is paid is closed")
    func sums() async throws {
        let house = try await DemoHouse.shared.value
        let differences: [SQLFragment] = [
            """
            SELECT count(*) FROM o_order o WHERE f_amount <> (SELECT sum(f_amount) FROM o_order_line l WHERE \
            l.parent = o.id)
            """,
            """
            SELECT count(*) FROM o_quotation q WHERE f_total <> (SELECT sum(f_amount) FROM o_quotation_line l WHERE \
            l.parent = q.id) + coalesce((SELECT sum(f_amount) FROM o_quotation_charge c WHERE c.parent = q.id), 0)
            """,
            """
            SELECT count(*) FROM o_order o WHERE f_stage <> 'cancelled' AND f_amount <> \
            (SELECT sum(f_amount) FROM o_receivable r WHERE r.f_order = o.id)
            """,
            """
            SELECT count(*) FROM o_company c WHERE coalesce(f_receivable_open, 0) <> coalesce((SELECT \
            sum(f_open_amount_base) FROM o_receivable r WHERE r.f_company = c.id AND f_status <> 'paid'), 0)
            """,
            """
            SELECT count(*) FROM o_order WHERE f_stage IN ('refund', 'after_sales', 'closed') AND f_receivable_open <> 0
            """,
            "SELECT count(*) FROM o_order o JOIN o_pi p ON p.id = o.f_pi WHERE o.f_amount <> p.f_total",
        ]
        for difference in differences { #expect(try await house.number(difference) == 0, "\(difference)") }
    }

    @Test("Sites and mail addresses stand in domains that belong to nobody")
    func domains() async throws {
        let house = try await DemoHouse.shared.value
        let foreign = try await house.database.read { connection in
            try connection.rows(
                """
                SELECT f_website FROM o_company WHERE f_website NOT LIKE '%.example' UNION \
                SELECT f_email FROM o_contact WHERE f_email NOT LIKE '%.example'
                """
            ).map { $0[0].text ?? "" }
        }
        #expect(foreign == [])
    }

    @Test("Every list of the menu has rows, and everybody finds something on the first page")
    func nothingEmpty() async throws {
        let house = try await DemoHouse.shared.value
        let owner = try await house.actor("owner")
        let menu = try await house.kernel.answer(CurrentModel(), as: owner).menu
        #expect(menu.count > 30)
        var empty: [String] = []
        for item in menu {
            let page = try await house.kernel.answer(ListRecords(object: item.object, limit: 1), as: owner)
            if page.rows.isEmpty { empty.append(item.object) }
        }
        #expect(empty == [])
        var idle: [String] = []
        for login in DemoCompany.logins {
            let actor = try await house.actor(login)
            let day = try await house.kernel.answer(MyDay(), as: actor)
            let rows = day.sections.flatMap(\.groups).map(\.rows.count).reduce(0, +)
            if rows == 0 { idle.append(login) }
        }
        #expect(idle == [])
    }
}
