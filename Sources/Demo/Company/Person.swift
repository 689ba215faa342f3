import Kernel
import Values

/// Somebody who works at the company.
struct Person: Sendable {
    let login: String
    let name: String
    let id: RecordID
    let roles: [String]
    let departmentID: RecordID
    let regionID: RecordID?
}

/// Who works where; the logins are those that people sign in with to look around.
package struct Staff {
    let login: String
    let name: String
    let roles: [String]
    let department: String
    let region: String?
    let manager: String?
    let backup: String?
    let mobile: String
    var language = "zh"
    package var zone = "Asia/Shanghai"

    static let departments: [(name: String, english: String, head: String)] = [
        ("总经办", "General office", "owner"), ("业务一部（欧洲）", "Sales 1, Europe", "manager"),
        ("业务二部（美洲与亚太）", "Sales 2, Americas and Asia-Pacific", "manager2"), ("跟单部", "Merchandising", "merchandiser"),
        ("采购部", "Purchasing", "purchasing"), ("生产部", "Production", "production"), ("品控部", "Quality", "qc"),
        ("物流单证部", "Logistics and documents", "logistics"), ("财务部", "Finance", "finance"),
        ("市场部", "Marketing", "marketing"),
    ]

    package static let all: [Staff] = [
        Staff(
            login: "owner", name: "沈海纳", roles: ["general_manager", "admin", "steering"], department: "总经办",
            region: nil,
            manager: nil, backup: "director", mobile: "138 5788 2001"),
        Staff(
            login: "director", name: "顾明远", roles: ["director"], department: "总经办", region: nil, manager: "owner",
            backup: "owner", mobile: "139 5746 1188"),
        Staff(
            login: "admin", name: "许一帆", roles: ["admin"], department: "总经办", region: nil, manager: "owner",
            backup: "director", mobile: "158 6710 3342"),
        Staff(
            login: "manager", name: "陈思远", roles: ["sales_manager"], department: "业务一部（欧洲）", region: "EU",
            manager: "director", backup: "manager2", mobile: "137 3609 5520"),
        Staff(
            login: "sales", name: "林晓雯", roles: ["sales"], department: "业务一部（欧洲）", region: "EU", manager: "manager",
            backup: "sales3", mobile: "188 5821 7706"),
        Staff(
            login: "sales3", name: "蒋依依", roles: ["sales"], department: "业务一部（欧洲）", region: "EU", manager: "manager",
            backup: "sales", mobile: "186 5745 0913"),
        Staff(
            login: "sales5", name: "罗子昂", roles: ["sales"], department: "业务一部（欧洲）", region: "EU", manager: "manager",
            backup: "sales3", mobile: "177 0574 6618"),
        Staff(
            login: "manager2", name: "俞建波", roles: ["sales_manager"], department: "业务二部（美洲与亚太）", region: "AM",
            manager: "director", backup: "manager", mobile: "136 0588 4471"),
        Staff(
            login: "sales2", name: "张浩然", roles: ["sales"], department: "业务二部（美洲与亚太）", region: "AM",
            manager: "manager2", backup: "sales4", mobile: "187 5847 2295", language: "en"),
        Staff(
            login: "sales4", name: "王若彤", roles: ["sales"], department: "业务二部（美洲与亚太）", region: "AP",
            manager: "manager2", backup: "sales2", mobile: "159 5819 6034"),
        Staff(
            login: "sales6", name: "何嘉怡", roles: ["sales"], department: "业务二部（美洲与亚太）", region: "AP",
            manager: "manager2", backup: "sales4", mobile: "152 6784 1107"),
        Staff(
            login: "merchandiser", name: "赵敏", roles: ["merchandiser"], department: "跟单部", region: nil,
            manager: "director", backup: "merchandiser2", mobile: "135 8655 9012"),
        Staff(
            login: "merchandiser2", name: "周佳琪", roles: ["merchandiser"], department: "跟单部", region: nil,
            manager: "merchandiser", backup: "merchandiser3", mobile: "150 8863 4417"),
        Staff(
            login: "merchandiser3", name: "吴凯", roles: ["merchandiser"], department: "跟单部", region: nil,
            manager: "merchandiser", backup: "merchandiser", mobile: "151 5811 2078"),
        Staff(
            login: "purchasing", name: "胡建军", roles: ["purchasing"], department: "采购部", region: nil,
            manager: "director", backup: "purchasing2", mobile: "139 6782 3310"),
        Staff(
            login: "purchasing2", name: "杨帆", roles: ["purchasing"], department: "采购部", region: nil,
            manager: "purchasing", backup: "purchasing", mobile: "182 5798 0046"),
        Staff(
            login: "production", name: "钱卫东", roles: ["production"], department: "生产部", region: nil,
            manager: "director", backup: "production2", mobile: "138 6786 7753"),
        Staff(
            login: "production2", name: "孙磊", roles: ["production"], department: "生产部", region: nil,
            manager: "production", backup: "production", mobile: "134 5617 8825"),
        Staff(
            login: "qc", name: "郑雪梅", roles: ["qc"], department: "品控部", region: nil, manager: "director", backup: "qc2",
            mobile: "158 8821 5539"),
        Staff(
            login: "qc2", name: "冯涛", roles: ["qc"], department: "品控部", region: nil, manager: "qc", backup: "qc",
            mobile: "157 0584 9921"),
        Staff(
            login: "logistics", name: "叶晨", roles: ["logistics"], department: "物流单证部", region: nil, manager: "director",
            backup: "documents", mobile: "189 5740 3386"),
        Staff(
            login: "documents", name: "方静怡", roles: ["documents"], department: "物流单证部", region: nil,
            manager: "logistics", backup: "logistics", mobile: "136 5749 2214"),
        Staff(
            login: "finance", name: "徐丽华", roles: ["finance"], department: "财务部", region: nil, manager: "owner",
            backup: "finance2", mobile: "139 0584 6627"),
        Staff(
            login: "finance2", name: "童欣", roles: ["finance"], department: "财务部", region: nil, manager: "finance",
            backup: "finance", mobile: "180 6748 1150"),
        Staff(
            login: "marketing", name: "白露", roles: ["marketing"], department: "市场部", region: "EU", manager: "director",
            backup: nil, mobile: "178 5740 9903"),
        Staff(
            login: "region-eu", name: "Katrin Solberg", roles: ["region_head"], department: "业务一部（欧洲）", region: "EU",
            manager: "director", backup: "manager", mobile: "+49 40 5550 1820", language: "en", zone: "Europe/Berlin"),
        Staff(
            login: "region-am", name: "Diego Arrieta", roles: ["region_head"], department: "业务二部（美洲与亚太）", region: "AM",
            manager: "director", backup: "manager2", mobile: "+1 305 555 0147", language: "es", zone: "America/New_York"
        ),
        Staff(
            login: "region-ap", name: "Farah Iskandar", roles: ["region_head"], department: "业务二部（美洲与亚太）", region: "AP",
            manager: "director", backup: "manager2", mobile: "+65 6555 0193", language: "en", zone: "Asia/Singapore"),
    ]
}
