import Definitions
import Kernel

extension Words {
    static let firstSteps = Label(zh: "开始使用", en: "Set up the house")
    static let later = Label(zh: "以后再说", en: "Later")
    static let saveNext = Label(zh: "保存，下一步", en: "Save and go on")

    static func stepsLeft(_ count: Int) -> Label {
        Label(zh: "还有 \(count) 步", en: count == 1 ? "1 step left" : "\(count) steps left")
    }
}

extension SetUpStep {
    var label: Label {
        switch self {
        case .company: Label(zh: "公司资料", en: "Your company")
        case .currencies: Label(zh: "币种和汇率", en: "Currencies and rates")
        case .structure: Label(zh: "部门和区域", en: "Departments and regions")
        case .people: Label(zh: "同事的账号", en: "Colleagues")
        }
    }

    var hint: Label {
        switch self {
        case .company:
            Label(zh: "单据抬头要印的中英文名称、地址、登记号和标志", en: "Names, address, numbers and logo as documents print them")
        case .currencies: Label(zh: "报价和回款按哪天的买入价折算", en: "The buying rates that quotations and payments convert at")
        case .structure: Label(zh: "谁归谁管，权限按部门和区域来", en: "Who belongs where: rights follow departments and regions")
        case .people: Label(zh: "粘贴名单，一次建好账号和一次性密码", en: "Paste a list, get accounts and one-time passwords")
        }
    }

    var icon: String {
        switch self {
        case .company: "company"
        case .currencies: "coins"
        case .structure: "branch"
        case .people: "users"
        }
    }

    /// What follows it; nil after the last.
    var following: SetUpStep? {
        Self.allCases.firstIndex(of: self).flatMap { place in
            Self.allCases.indices.contains(place + 1) ? Self.allCases[place + 1] : nil
        }
    }
}
