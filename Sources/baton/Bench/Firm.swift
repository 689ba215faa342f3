import Kernel
import Values

/// A generated export firm of a stated size. Ids follow from the size and the place, so nothing has to be read back.
///
/// Of a hundred companies one is a key account (12 inquiries, 10 quotations, 6 orders), ten have ordered once, ten have
/// a quotation, ten an inquiry; the others are names in the address book. All have one to four contacts.
struct Firm: Sendable {
    let companies: Int

    enum Kind: Int { case company = 1, contact, inquiry, quotation, pi, order, user, department, region, product, dice }

    static let sellers = 40
    static let departments = 5
    static let regions = 4
    static let products = 200
    static let days = 1095
    static let lastDay = Day(year: 2026, month: 11, day: 1) ?? Day(number: 0)

    /// When the company was met: evenly over three years.
    func met(_ company: Int) -> Instant {
        let start = Instant(day: Self.lastDay.adding(days: -Self.days), secondOfDay: 9 * 3600)
        let seconds = Double(Self.days - 1) * 86_400 * Double(company) / Double(max(companies, 1))
        return start.adding(seconds: Int(seconds))
    }

    func id(_ kind: Kind, _ index: Int, _ place: Int = 0) -> RecordID {
        let at = kind.rawValue <= Kind.order.rawValue ? met(index) : Instant(day: Self.lastDay)
        return RecordID(
            at: at,
            random: (
                Dice.roll(kind.rawValue, index, place), Dice.roll(kind.rawValue + 100, index, place)
            ))
    }

    // MARK: How much there is of a company

    func contacts(of company: Int) -> Int { isKey(company) ? 4 : company % 3 == 0 ? 2 : 1 }
    func inquiries(of company: Int) -> Int { isKey(company) ? 12 : [1, 2, 3].contains(company % 10) ? 1 : 0 }
    func quotations(of company: Int) -> Int { isKey(company) ? 10 : [1, 2].contains(company % 10) ? 1 : 0 }
    func orders(of company: Int) -> Int { isKey(company) ? 6 : company % 10 == 1 ? 1 : 0 }
    func isKey(_ company: Int) -> Bool { company % 100 == 0 }

    // MARK: Who has it

    func seller(of company: Int) -> Int { Dice.pick(Self.sellers, 20, company) }
    func department(of seller: Int) -> Int { seller % Self.departments }
    func region(of company: Int) -> Int { Dice.pick(Self.regions, 21, company) }

    /// Some companies are in nobody's hands.
    func isInPool(_ company: Int) -> Bool { !isKey(company) && orders(of: company) == 0 && company % 20 == 7 }
}

/// Words of which the firm's names are made.
enum FirmWords {
    static let places = [
        ("Hamburg", "汉堡", "DE"), ("Rotterdam", "鹿特丹", "NL"), ("Lyon", "里昂", "FR"), ("Milano", "米兰", "IT"),
        ("Leeds", "利兹", "GB"), ("Gdansk", "格但斯克", "PL"), ("Valencia", "巴伦西亚", "ES"), ("Malmö", "马尔默", "SE"),
        ("Chicago", "芝加哥", "US"), ("Toronto", "多伦多", "CA"), ("Santos", "桑托斯", "BR"), ("Lima", "利马", "PE"),
        ("Dubai", "迪拜", "AE"), ("Jeddah", "吉达", "SA"), ("Lagos", "拉各斯", "NG"), ("Nairobi", "内罗毕", "KE"),
        ("Mumbai", "孟买", "IN"), ("Manila", "马尼拉", "PH"), ("Osaka", "大阪", "JP"), ("Sydney", "悉尼", "AU"),
    ]
    static let trades = [
        ("Home", "家居"), ("Garden", "园艺"), ("Kitchen", "厨具"), ("Light", "灯饰"), ("Tool", "工具"), ("Textile", "纺织"),
        ("Outdoor", "户外"), ("Office", "办公"), ("Toy", "玩具"), ("Bath", "卫浴"), ("Sport", "运动"), ("Gift", "礼品"),
    ]
    static let spirits = [
        ("North", "北方"), ("Harbour", "海港"), ("Golden", "金色"), ("Blue", "蓝海"), ("Prime", "优品"), ("Star", "星辰"),
        ("Urban", "都会"), ("Alpine", "雪山"), ("Royal", "皇家"), ("Bright", "明亮"), ("First", "第一"), ("Global", "环球"),
        ("Silver", "银河"), ("Green", "绿地"), ("Modern", "现代"), ("Classic", "经典"),
    ]
    static let forms = [("GmbH", "有限公司"), ("B.V.", "贸易公司"), ("Ltd", "进出口公司"), ("Inc.", "股份公司"), ("S.A.", "商行")]
    static let people = [
        "Anna", "Marc", "Sofia", "John", "Maria", "Ali", "Chen", "Olga", "Pedro", "Yuki", "Emma", "Raj",
    ]
    static let families = ["Weber", "Jansen", "Rossi", "Smith", "Silva", "Khan", "Tanaka", "Novak", "Garcia", "Olsen"]
    static let goods = [
        ("Storage box", "收纳箱"), ("Vacuum bottle", "保温杯"), ("LED lamp", "台灯"), ("Garden shear", "园艺剪"),
        ("Bath mat", "浴室垫"), ("Tool set", "工具套装"), ("Cotton towel", "毛巾"), ("Camping chair", "折叠椅"),
    ]
    static let sources = ["alibaba", "fair", "website", "google_ads", "email", "other"]
}
