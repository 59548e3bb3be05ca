import CRMModel
import CRMOutput
import CRMRecords
import Testing

/// Numbers below labels that name a unit: the own unit is taken, every other is refused.
@Suite("Units of labels")
struct LabelUnitTests {
    /// What a field of decimals of a label makes of a text; nil when it refuses it.
    private func value(_ text: String, _ label: String, _ type: FieldType = .decimal(scale: 2)) -> String? {
        try? LenientInput.decimal(text, for: ImportFixture.field("size", type, label), scale: 2).description
    }

    @Test(
        "a cell may name the unit that its label ends with, whatever it is",
        arguments: [
            ("单价(元/㎡)", "1200元/㎡", "1200.00"), ("单价(元/㎡)", "1200元", "1200.00"), ("数量(台)", "12台", "12.00"),
            ("数量（件）", "12 件", "12.00"), ("人数(人次)", "12人次", "12.00"), ("温度(℃)", "36.5℃", "36.50"),
            ("重量 kg", "5公斤", "5.00"), ("面积㎡", "9㎡", "9.00"), ("Gross weight kg", "5 KGS", "5.00"),
            ("毛重(KGS)", "KGS 12.5", "12.50"), ("数量(單位：臺)", "3台", "3.00"), ("价(USD)", "12 USD", "12.00"),
            ("毛利率(%)", "5%", "5.00"), ("毛利率（百分比）", "5％", "5.00"), ("折扣%", "5%", "5.00"),
            ("合同额(万元)", "12万元", "12.00"), ("合同额(万元)", "12", "12.00"),
        ]
    )
    func own(label: String, text: String, expected: String) {
        #expect(value(text, label) == expected)
    }

    @Test(
        "every other unit is refused where the label names one",
        arguments: [
            ("意向面积(㎡)", "54%"), ("每箱毛重(KGS)", "50%"), ("重量 kg", "50%"), ("数量(台)", "50%"), ("合同额(万元)", "12万"),
            ("合同额(万元)", "¥12"), ("合同额(万元)", "12元"), ("毛重(kg)", "12元"), ("价(USD)", "12元"), ("数量(台)", "12套"),
            ("毛重(kg)", "10³kg"), ("数量(必填)", "12必填"), ("数量(10)", "510"), ("毛重(kg)", "12EUR"), ("温度(℃)", "36℉"),
        ]
    )
    func other(label: String, text: String) {
        if text == "510" {
            #expect(value(text, label) == "510.00")
        } else {
            #expect(value(text, label) == nil)
        }
    }

    @Test("a number of no unit takes a percentage as a fraction, and a currency field its own words")
    func unitless() {
        #expect(value("95%", "折扣") == "0.95")
        #expect(value("95%", "折扣(必填)") == "0.95")
        #expect(value("95%", "折扣(0-1)") == "0.95")
        let money = FieldType.currency(code: "CNY", scale: 2)
        #expect(value("12元", "价(元/箱)", money) == "12.00")
        #expect(value("12万", "价(元)", money) == "120000.00")
        #expect(value("12万", "价(万元)", money) == nil)
        #expect(value("5%", "税率(%)", .percent(scale: 2)) == "5.00")
    }

    @Test("a column that the mapping multiplies takes no percentage either")
    func multiplied() throws {
        let fields = [
            ImportFixture.field("name", .text, "名称"), ImportFixture.field("area", .decimal(scale: 2), "面积(㎡)"),
        ]
        let mapping = try ImportMapping(json: Array(#"{"columns": {"area": {"multiply": 100}}}"#.utf8))
        let summary = try ImportFixture(fields: fields).importText("名称,area\n甲,54%\n乙,2\n", mapping: mapping)
        #expect((summary.created, summary.failed) == (1, 1))
        #expect(summary.problems[0].text(in: .zhCN).contains("不写单位、百分号"), "\(summary.problems[0].text(in: .zhCN))")
    }

    @Test("the unit of a label goes before the currency of the same letters, for every unit and every currency")
    func currencies() {
        let units = """
            m2 sqm 平方米 亩 ha km2 m 米 cm mm km kg kgs KGS 公斤 g t 吨 mt tons 斤 mg lb lbs 磅 l ml m3 cbm CBM h 小时 min d 天 days \
            week 周 month 个月 year 年 pcs PCS 个 ctn CTNS 箱 set SETS 套 kw kwh 台 件 人 次 rolls
            """
        let codes = """
            AED ALL AUD BOB BRL CAD CHF CNY CUP EUR GBP HKD INR JPY KGS KRW LAK LBP MOP MXN PEN RON RUB SEK SGD SOS THB TOP TRY \
            TWD USD VND ZAR
            """
        for unit in units.split(separator: " ").map(String.init) {
            let label = "数(\(unit))"
            #expect(value("12.5\(unit)", label) == "12.50", "\(unit)")
            #expect(value("12.5 \(unit.uppercased())", label) == "12.50", "\(unit)")
            for code in codes.split(separator: " ").map(String.init) {
                let isOwn = ["kg", "kgs", "公斤"].contains(unit.lowercased()) && code == "KGS"
                #expect(value("12.5\(code)", label) == (isOwn ? "12.50" : nil), "\(code) below \(label)")
                #expect(value("12.5 \(code.lowercased())", "数(\(code))") == "12.50", "\(code)")
            }
        }
    }
}
