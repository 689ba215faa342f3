import Calendars
import Kernel
import Values

extension World {
    /// Articles; the first ones are what closed exceptions point to.
    mutating func writeKnowledge() {
        let rows: [(String, String, [String], String, String)] = [
            ("灯珠混批怎么防", "上线前扫码核对灯珠批次，首件留样；终检每批加测 20 只色温。不合格批隔离，换批次后复验。", ["quality", "product"], "published", "qc"),
            (
                "电放前核对三件事", "1. 尾款到账并核销；2. 提单收货人与合同一致；3. 客户书面保函。缺一不放。", ["documents", "payment"], "published",
                "documents"
            ),
            (
                "锂电池灯具订舱要点", "UN38.3、MSDS、1.2 米跌落报告要齐；订舱时勾选带电；提前 14 天向船公司申报。", ["logistics", "product"], "published",
                "logistics"
            ),
            ("欧洲能效标签 EPREL 登记", "光源先登记，标签随彩盒印刷；型号与发票一致。", ["market", "product"], "published", "sales"),
            ("客户嫌贵时怎么谈", "先拆成本项：驱动、显指、质保。给两个方案而不是直接降价；降价要换条件（数量、定金、包装）。", ["negotiation"], "published", "manager"),
            ("退税资料清单", "报关单、增值税专用发票、合同、运输单据、收汇凭证。发票品名、单位、数量与报关单一致。", ["customs", "payment"], "published", "finance"),
            ("信用证软条款举例", "申请人签字的验货证、以客户进口许可为条件的付款、指定船龄证明：都要求删改。", ["documents", "payment"], "published", "documents"),
            ("春节排产提醒", "供应商腊月二十前停收新单；1 月 10 日前锁料，节后第一周只做返工与试产。", ["process"], "published", "production"),
            ("防火筒灯安装常见投诉", "开孔大于标称导致漏光；给客户附安装图和开孔器尺寸。", ["product", "quality"], "reviewed", "qc2"),
            ("美线旺季附加费", "7–10 月注意 PSS，报价有效期缩短到 7 天。", ["logistics"], "reviewed", "logistics"),
            ("展会名片三天跟进法", "当天录入、次日首封邮件、第三天电话。附一张当场合影效果最好。", ["market", "negotiation"], "draft", "sales2"),
            ("太阳能灯电池掉电分析", "存放三个月以上先补电；出货前抽测静态电流。", ["quality"], "stale", "qc"),
        ]
        for (index, row) in rows.enumerated() {
            let author = person(row.4)
            let at = officeTime(firstDay.adding(days: index * 28 + 6))
            let sent = officeTime(after: at, hours: 5...60)
            let out = officeTime(after: sent, hours: 5...80)
            var course = Record()
            if row.3 != "draft" {
                course.mark("action:submit", at: sent, by: author, ["status": .text("reviewed")], self)
            }
            if row.3 == "published" || row.3 == "stale" {
                course.mark("action:publish", at: out, by: person("director"), ["status": .text("published")], self)
            }
            if row.3 == "stale" {
                course.mark(
                    "action:mark_stale", at: officeTime(lastDay.adding(days: -6)), by: person("director"),
                    ["status": .text("stale")], self)
            }
            var fields: [String: Input] = [
                "title": .text(row.0), "body": .text(row.1), "tags": .codes(row.2),
                "review_by": .on(Clock.day(of: at).adding(days: 365)), "helpful": .whole(dice.int(0...36)),
                "version_no": .whole(1),
            ]
            fields.merge(course.fields) { _, new in new }
            cases["knowledge", default: []].append(add("knowledge", fields, at: at, by: author, steps: course.steps))
        }
    }

    mutating func collectAssets() {
        let by = person("marketing")
        let rows: [(String, String, String, Int?)] = [
            ("\(lastDay.components.year) 产品目录（英文）", "catalogue", "passed", nil),
            ("CE-LVD 证书 筒灯系列", "certificate", "passed", 210), ("CE-EMC 证书 三防灯系列", "certificate", "passed", 34),
            ("RoHS 报告 全系列", "certificate", "passed", 300),
            ("UFO 工矿灯安装视频", "video", "passed", nil), ("太阳能壁灯场景图", "image", "passed", nil),
            ("开发信模板 批发商", "mail_template", "passed", nil), ("开发信模板 西语", "mail_template", "pending", nil),
            ("磁吸轨道落地页", "landing", "pending", nil), ("案例：里昂酒店改造", "case", "passed", nil),
            ("案例：利雅得仓库照明", "case", "failed", nil), ("SAA 证书 防火筒灯", "certificate", "passed", -12),
        ]
        for (index, row) in rows.enumerated() {
            let at = officeTime(firstDay.adding(days: 20 + index * 37))
            guard hasHappened(at) else { continue }
            var course = Record()
            if row.2 != "pending" {
                course.mark(
                    row.2 == "passed" ? "action:pass_brand" : "action:fail_brand",
                    at: officeTime(after: at, hours: 5...50), by: person("director"), ["brand_check": .text(row.2)],
                    self)
            }
            var fields: [String: Input] = [
                "title": .text(row.0), "kind": .text(row.1), "version_no": .whole(1), "scope": .text("global"),
                "valid_to": .on(row.3.map { lastDay.adding(days: $0) }),
                "usage": .whole(dice.int(2...60)), "note": row.2 == "failed" ? .text("客户名称未获授权，打码后再送审") : .null,
            ]
            fields.merge(course.fields) { _, new in new }
            add(
                "asset", fields,
                lines: [
                    "core_modules": [
                        LineDraft([
                            "name": .text("品牌主张"), "text": .text("Light that lasts. Made in Ningbo since 2009."),
                            "figures": .text("5 年质保 · 120 lm/W"),
                        ])
                    ],
                    "local_modules": [
                        LineDraft([
                            "name": .text("区域文案"), "for_region": .id(regions[["EU", "AM", "AP"][index % 3]]),
                            "language": .text(["de", "es", "en"][index % 3]), "text": .text("…"),
                            "status": .text(index % 4 == 0 ? "draft" : "approved"),
                        ])
                    ],
                ], at: at, by: by, steps: course.steps)
        }
    }

    mutating func writeInsights() {
        let rows: [(String, String, String, String, String, String, String)] = [
            ("德国批发商开始要求可更换驱动", "trend", "EU", "high", "global", "region-eu", "三家客户询盘里写明“driver replaceable”，新品立项要考虑。"),
            ("墨西哥 NOM 执法变严", "policy", "AM", "medium", "global", "region-am", "无 NOM 的货在曼萨尼约被扣，建议客户先做认证再下单。"),
            ("澳洲客户转向越南同行询价", "competitor", "AP", "medium", "region", "region-ap", "价差约 4%，但交期多 12 天。用交期和小批量守住。"),
            ("英国园艺中心提前备货", "customer", "EU", "medium", "region", "sales", "今年 11 月就定春季太阳能，比往年早一个月。"),
            ("红海绕航附加费回落", "price", "AP", "high", "global", "manager2", "中东线每柜降约 300 美元，报价可跟进。"),
            ("北欧偏好 2700K 与低眩光", "trend", "EU", "high", "global", "sales3", "UGR<16 的线性吊灯询盘占比上升。"),
            ("巴西关税窗口", "policy", "AM", "low", "restricted", "sales2", "经销商传明年初调整，尚无正式文件。"),
            ("沙特工程付款变慢", "customer", "AP", "medium", "region", "sales4", "两单尾款平均晚 18 天，新单提高定金。"),
        ]
        for (index, row) in rows.enumerated() {
            add(
                "insight",
                [
                    "title": .text(row.0), "kind": .text(row.1), "confidence": .text(row.3), "visibility": .text(row.4),
                    "body": .text(row.6), "source": .text(dice.pick(["客户拜访", "展会交流", "询盘统计", "货代周报"])),
                    "expires": .on(lastDay.adding(days: index == 6 ? -5 : 60 + index * 15)),
                    "applied_in": .ids(index < 2 ? campaigns.prefix(1).map(\.id) : []),
                ], at: officeTime(lastDay.adding(days: -12 - index * 17)), by: person(row.5), region: regions[row.2])
        }
    }
}
