import Definitions
import Kernel
import Values

/// Who works in the test company, and where.
///
/// Two sales teams in two regions, each with its manager; one person for every other role.
enum Staff {
    struct Person: Sendable {
        let login: String
        let roles: [String]
        let department: String
        let region: String
    }

    static let people: [Person] = [
        Person(login: "lin", roles: ["sales"], department: "sales_east", region: "europe"),
        Person(login: "wang", roles: ["sales"], department: "sales_east", region: "europe"),
        Person(login: "zhao", roles: ["sales"], department: "sales_west", region: "america"),
        Person(login: "chen", roles: ["sales_manager"], department: "sales_east", region: "europe"),
        Person(login: "sun", roles: ["sales_manager"], department: "sales_west", region: "america"),
        Person(login: "mei", roles: ["merchandiser"], department: "operations", region: "europe"),
        Person(login: "peng", roles: ["purchasing"], department: "operations", region: "europe"),
        Person(login: "gong", roles: ["production"], department: "operations", region: "europe"),
        Person(login: "qin", roles: ["qc"], department: "operations", region: "europe"),
        Person(login: "luo", roles: ["logistics"], department: "operations", region: "europe"),
        Person(login: "dan", roles: ["documents"], department: "operations", region: "europe"),
        Person(login: "cai", roles: ["finance"], department: "operations", region: "europe"),
        Person(login: "shi", roles: ["marketing"], department: "operations", region: "europe"),
        Person(login: "hans", roles: ["region_head"], department: "operations", region: "europe"),
        Person(login: "dong", roles: ["director"], department: "head_office", region: "europe"),
        Person(login: "zong", roles: ["general_manager"], department: "head_office", region: "europe"),
        Person(login: "ada", roles: ["admin"], department: "head_office", region: "europe"),
    ]

    static let departments = ["head_office", "sales_east", "sales_west", "operations"]
    static let regions = ["europe", "america"]

    /// The id of a person, department or region of the test company.
    static func id(_ name: String) -> RecordID {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return RecordID(at: TestClock.start, random: (0, hash))
    }

    static func settle(in house: TestHouse) async throws {
        let system = Actor.system("test company")
        for name in departments {
            _ = try await house.kernel.perform(
                Command(.create(object: "department", Draft(["name": .text(name)])), stamp: Stamp(id: id(name))),
                as: system)
        }
        for name in regions {
            let draft = Draft([
                "code": .text(name), "name": .text(name), "countries": .list([.text("DE")]),
                "time_zone": .text("Europe/Berlin"), "calendar": .text("DE"),
            ])
            _ = try await house.kernel.perform(
                Command(.create(object: "region", draft), stamp: Stamp(id: id(name))), as: system)
        }
        for person in people {
            try await house.kernel.addAccount(
                login: person.login, name: person.login.uppercased(), roles: person.roles, hash: "-",
                more: [
                    "department": .value(.record(id(person.department))), "region": .value(.record(id(person.region))),
                ], id: id(person.login))
        }
    }
}
