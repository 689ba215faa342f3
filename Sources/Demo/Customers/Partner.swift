import Kernel
import Values

/// A supplier, forwarder, bank or inspection firm.
struct Partner: Sendable {
    let id: RecordID
    let contact: RecordID?
    let name: String
    let role: String
}

/// Who the company works with: supplier rows first, in the order in which the catalogue names them.
enum Partners {
    // role | Chinese | English | short | city | person | note
    static let table = """
        factory|余姚市亮点电器有限公司|Yuyao Liangdian Electrical Co., Ltd.|余姚亮点|余姚|王国强|球泡与灯管
        factory|宁波智汇光电科技有限公司|Ningbo Zhihui Opto Technology Co., Ltd.|智汇光电|宁波|李倩|筒灯、灯带、智能灯
        factory|慈溪市平光照明电器厂|Cixi Pingguang Lighting Works|慈溪平光|慈溪|岑建明|面板灯与应急灯
        factory|中山市轨迹灯饰有限公司|Zhongshan Guiji Lighting Co., Ltd.|中山轨迹|中山|梁伟杰|轨道与线性
        factory|杭州临工照明科技有限公司|Hangzhou Lingong Lighting Technology Co., Ltd.|临工照明|杭州|施文斌|工矿与路灯
        factory|宁海县户光灯具有限公司|Ninghai Huguang Luminaire Co., Ltd.|户光灯具|宁海|葛晓东|投光与庭院
        factory|深圳市阳橙新能源有限公司|Shenzhen Yangcheng New Energy Co., Ltd.|阳橙新能源|深圳|曾志豪|太阳能灯
        factory|象山木语家居灯饰厂|Xiangshan Muyu Home Lamps|木语灯饰|象山|邱雅琴|装饰灯
        supplier|温州市鼎泓压铸有限公司|Wenzhou Dinghong Die Casting Co., Ltd.|鼎泓压铸|温州|林海波|压铸件
        supplier|嘉兴晶元封装有限公司|Jiaxing Jingyuan Packaging LED Co., Ltd.|嘉兴晶元|嘉兴|周洁|LED 灯珠
        supplier|宁波恒驱电源有限公司|Ningbo Hengqu Power Supply Co., Ltd.|恒驱电源|宁波|汪磊|电源
        supplier|台州市黄岩透光塑业有限公司|Taizhou Huangyan Touguang Plastics Co., Ltd.|透光塑业|台州|章敏|透镜与灯罩
        supplier|绍兴上虞明基铝基板厂|Shangyu Mingji Metal-core PCB Works|明基铝基板|绍兴|沈立新|铝基板
        supplier|宁波佳盈纸箱包装有限公司|Ningbo Jiaying Carton Packaging Co., Ltd.|佳盈包装|宁波|陆婷|彩盒与外箱
        supplier|余姚精准五金厂|Yuyao Jingzhun Hardware Works|精准五金|余姚|诸国平|五金件
        supplier|东阳市竹藤工坊|Dongyang Bamboo and Rattan Workshop|东阳竹藤|东阳|胡小妹|藤编灯罩
        supplier|浦江县璀璨水晶有限公司|Pujiang Cuican Crystal Co., Ltd.|璀璨水晶|浦江|楼红霞|水晶件
        supplier|惠州市锂途电池有限公司|Huizhou Litu Battery Co., Ltd.|锂途电池|惠州|黄俊|锂电池
        supplier|宁波北仑顺达喷涂厂|Beilun Shunda Coating Works|顺达喷涂|宁波|贺军|喷涂
        supplier|义乌市捷印标签有限公司|Yiwu Jieyin Label Co., Ltd.|捷印标签|义乌|傅晓丽|标签说明书
        forwarder|宁波海桥国际货运代理有限公司|Ningbo Haiqiao International Freight Co., Ltd.|海桥货代|宁波|戴斌|欧地线
        forwarder|宁波远岸物流有限公司|Ningbo Yuan'an Logistics Co., Ltd.|远岸物流|宁波|任洁|美线
        forwarder|上海沪航通达货运有限公司|Shanghai Huhang Tongda Freight Co., Ltd.|沪航通达|上海|严峰|中东非洲线
        forwarder|宁波捷空快运有限公司|Ningbo Jiekong Air Express Co., Ltd.|捷空快运|宁波|潘悦|空运快递
        forwarder|宁波三江报关有限公司|Ningbo Sanjiang Customs Brokerage Co., Ltd.|三江报关|宁波|史芳|报关
        inspector|中正检验技术服务有限公司|Zhongzheng Inspection Services Co., Ltd.|中正检验|上海|毛宁|第三方验货
        inspector|甬测照明检测有限公司|Yongce Lighting Testing Co., Ltd.|甬测检测|宁波|金晶|光电测试
        bank|北仑开发银行|Beilun Development Bank|北仑开发银行|宁波|虞经理|议付行
        bank|甬江商业银行|Yongjiang Commercial Bank|甬江商行|宁波|邵经理|
        bank|海湾通商银行（虚构）|Crescent Coast Merchant Bank|Crescent Coast Bank|迪拜|F. Darwish|开证行
        bank|三角洲贸易银行（虚构）|Delta Trade Bank|Delta Trade Bank|开罗|H. Naguib|开证行
        agent|米兰北光代理|Nordluce Agenzia di M. Ceresa|Nordluce|米兰|Marco Ceresa|意大利代理
        agent|迪拜金帆贸易代理|Golden Dhow Agencies FZE|Golden Dhow|迪拜|Samir Haddad|海湾代理
        agent|圣地亚哥南桥代理|Puente Sur Representaciones SpA|Puente Sur|圣地亚哥|Isabel Oyarzún|智利代理
        """
}

extension World {
    mutating func meetPartners() {
        let cells = Partners.table.split(separator: "\n").map {
            $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
        for (index, row) in cells.enumerated() where row.count == 7 { meet(row, index) }
    }

    private mutating func meet(_ row: [String], _ index: Int) {
        let role = row[0]
        let by = person(
            role == "forwarder" ? "logistics" : role == "bank" ? "finance" : role == "agent" ? "manager" : "purchasing")
        let at = officeTime(firstDay.adding(days: -11 + index / 12))
        let countries = ["米兰": "IT", "迪拜": "AE", "圣地亚哥": "CL", "开罗": "EG"]
        let country = countries[row[4]] ?? "CN"
        let domain = Self.domain(row[2], "cn")
        let status = role == "factory" || role == "supplier" ? "active" : "prospect"
        let id = add(
            "company",
            [
                "name_en": .text(row[2]), "name_zh": .text(row[1]), "short_name": .text(row[3]),
                "roles": .codes(
                    role == "factory" ? ["supplier", "factory"] : role == "agent" ? ["agent", "customer"] : [role]),
                "country": .text(country), "city": .text(row[4]), "website": .text("https://www." + domain),
                "status": .text(status), "source": .text("other"), "currency": .text(country == "CN" ? "CNY" : "USD"),
                "language": .text(country == "CN" ? "zh" : "en"),
                "time_zone": .text(Countries.named(country)?.zone ?? "Asia/Shanghai"),
                "payment_term": .id(defaults.terms["OA_30"]), "pool": .text("private"),
                "tax_id": country == "CN"
                    ? .text("9133020\(dice.int(1...9))MA2\(dice.int(100_000...999_999))\(index + 10)") : .null,
            ], at: at, by: by,
            steps: [step("action:activate", at: at.adding(seconds: 4000), by: by, sets: ["status": .text(status)])])
        let contact = add(
            "contact",
            [
                "company": .id(id), "name": .text(row[5]), "title": .text(row[6].isEmpty ? "客户经理" : row[6] + "负责人"),
                "role": .text("decision_maker"), "email": .text("contact@" + domain),
                "language": .text(country == "CN" ? "zh" : "en"),
                "phone": .text(
                    country == "CN"
                        ? "+86 1\(dice.int(30...89)) \(dice.int(1000...9999)) \(dice.int(1000...9999))"
                        : "+\(dice.int(30...99)) 555 01\(dice.int(10...99))"),
                "is_primary": .bool(true), "active": .bool(true),
            ], at: at.adding(seconds: 300), by: by)
        partners.append(Partner(id: id, contact: contact, name: row[3], role: role))
    }
}
