import CRMModel
import Foundation
import Testing

struct LenientInputTests {
    private func problem(_ body: () throws(InputProblem) -> Void) -> InputProblem? {
        do {
            try body()
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "numbers as people write them",
        arguments: [
            ("1234.5", "1234.50"), ("1,234.56", "1234.56"), ("12,345,678.9", "12345678.90"), ("１２３４．５６", "1234.56"),
            ("¥1,234", "1234.00"), ("￥１，２３４", "1234.00"), ("RMB 1,234", "1234.00"), ("-¥5", "-5.00"), ("¥-5", "-5.00"),
            ("99元", "99.00"), ("3.5万", "35000.00"), ("1.2亿", "120000000.00"), ("2万亿", "2000000000000.00"),
            ("0.01万元", "100.00"), ("(1,234.56)", "-1234.56"), ("1e3", "1000.00"), ("1.5E-1", "0.15"),
            ("50%", "0.50"), ("-0", "0.00"), ("+7", "7.00"), ("0.1", "0.10"), ("1.5000", "1.50"), (" 8 ", "8.00"),
            ("007", "7.00"), ("9007199254740993", "9007199254740993.00"), ("−3", "-3.00"), ("1000000e-6", "1.00"),
        ]
    )
    func decimals(text: String, expected: String) throws {
        #expect(try LenientInput.decimal(text, scale: 2).description == expected)
    }

    @Test(
        "everything else is refused with its reason",
        arguments: [
            ("", InputProblem.empty), ("\u{3000}", .empty), ("abc", .notANumber), ("NaN", .notFinite),
            ("Infinity", .notFinite), ("-inf", .notFinite), ("1.234,56", .ambiguousSeparator),
            ("1,5", .ambiguousSeparator),
            ("1,2,3", .badGrouping), ("1234,567,890", .badGrouping), ("1 234.56", .notANumber),
            ("1'234.56", .notANumber),
            ("1_000", .notANumber), ("0x1F", .notANumber), ("--1", .notANumber), ("1.2.3", .notANumber),
            ("1.", .notANumber),
            (".5", .notANumber), ("()", .notANumber), ("(-5)", .notANumber), ("(5", .notANumber), ("5)", .notANumber),
            ("١٢٣٤", .foreignDigits), ("٫5", .foreignDigits), ("1e400", .overflow),
            ("1E99999999999999999999", .notANumber),
            ("12345678901234567890", .overflow), ("99999999999999999999", .overflow), ("0.005", .tooManyPlaces),
            ("0.30000000000000004", .tooManyPlaces), ("1e-9", .tooManyPlaces), ("12.5%", .tooManyPlaces),
            ("1\u{A0}234,56", .notANumber), ("1\u{202F}234.56", .notANumber), ("%", .notANumber), ("万", .notANumber),
            ("e5", .notANumber), ("1e", .notANumber), ("5 元 6", .notANumber),
        ]
    )
    func refusedDecimals(text: String, expected: InputProblem) {
        #expect(problem { () throws(InputProblem) in _ = try LenientInput.decimal(text, scale: 2) } == expected)
    }

    @Test("a percent sign means what the field says")
    func percent() throws {
        #expect(try LenientInput.decimal("12.5%", scale: 3).description == "0.125")
        #expect(try LenientInput.decimal("12.5%", scale: 2, percent: .asWritten).description == "12.50")
        #expect(
            problem { () throws(InputProblem) in _ = try LenientInput.decimal("5%", scale: 2, percent: .refused) }
                == .percentHere
        )
    }

    @Test("whole numbers")
    func integers() throws {
        #expect(try LenientInput.integer("1,234") == 1234)
        #expect(try LenientInput.integer("12.00") == 12)
        #expect(try LenientInput.integer("3万") == 30_000)
        #expect(try LenientInput.integer("9223372036854775807") == Int64.max)
        #expect(problem { () throws(InputProblem) in _ = try LenientInput.integer("1.5") } == .notAnInteger)
        #expect(problem { () throws(InputProblem) in _ = try LenientInput.integer("9223372036854775808") } == .overflow)
    }

    @Test(
        "dates as people write them",
        arguments: [
            ("2026-11-21", "2026-11-21"), ("2026/11/21", "2026-11-21"), ("2026.11.21", "2026-11-21"),
            ("20261121", "2026-11-21"), ("2026年11月21日", "2026-11-21"), ("2026年1月2日", "2026-01-02"),
            ("2026/1/2", "2026-01-02"),
            ("２０２６－１１－２１", "2026-11-21"), ("2026 年 1 月 2 日", "2026-01-02"), ("2026年09月21日", "2026-09-21"),
            ("2026-11-21 00:00:00", "2026-11-21"), ("2026-11-21T00:00", "2026-11-21"),
            ("\u{3000}2026-11-21", "2026-11-21"),
        ]
    )
    func dates(text: String, expected: String) throws {
        #expect(try LenientInput.date(text).description == expected)
    }

    @Test(
        "other dates are refused with their reason",
        arguments: [
            ("", InputProblem.empty), ("2026-02-30", .impossibleDate), ("2026-13-01", .impossibleDate),
            ("20260230", .impossibleDate), ("26-11-21", .shortYear), ("03/04/2026", .ambiguousDate),
            ("2026-11", .monthOnly), ("2021年5月", .monthOnly), ("2021.5", .monthOnly), ("202105", .monthOnly),
            ("2021", .monthOnly), ("2021年", .monthOnly), ("2021-13", .notADate),
            ("2026-11-21 08:30", .notADate), ("2026-11/21", .notADate), ("tomorrow", .notADate), ("2026年11", .notADate),
            ("202611211", .notADate), ("2026-11-211", .notADate), ("45000", .notADate), ("0000-01-01", .impossibleDate),
        ]
    )
    func refusedDates(text: String, expected: InputProblem) {
        #expect(problem { () throws(InputProblem) in _ = try LenientInput.date(text) } == expected)
    }

    @Test(
        "moments are those of the zone unless they name another",
        arguments: [
            ("2026-11-21 08:30", "2026-11-21T00:30:00Z"), ("2026/11/21 8:30:05", "2026-11-21T00:30:05Z"),
            ("2026-11-21T08:30:05.12", "2026-11-21T00:30:05.120Z"), ("2026年11月21日 下午3点20分", "2026-11-21T07:20:00Z"),
            ("2026年11月21日8时30分5秒", "2026-11-21T00:30:05Z"), ("2026-11-21 上午12:00", "2026-11-20T16:00:00Z"),
            ("2026-11-21 下午12:00", "2026-11-21T04:00:00Z"), ("2026-11-21", "2026-11-20T16:00:00Z"),
            ("2026-11-21T08:30:05Z", "2026-11-21T08:30:05Z"), ("2026-11-21 08:30+0100", "2026-11-21T07:30:00Z"),
        ]
    )
    func instants(text: String, expected: String) throws {
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        #expect(try LenientInput.instant(text, in: zone).description == expected)
    }

    @Test(
        "times that no clock shows are refused",
        arguments: [
            ("2026-11-21 24:00", InputProblem.notATime), ("2026-11-21 8", .notATime), ("2026-11-21 08:3", .notATime),
            ("2026-11-21 下午13:00", .notATime), ("2026-11-21 08:30 x", .notATime), ("08:30", .notADate), ("", .empty),
        ]
    )
    func refusedInstants(text: String, expected: InputProblem) {
        #expect(problem { () throws(InputProblem) in _ = try LenientInput.instant(text, in: .gmt) } == expected)
    }

    @Test("yes and no")
    func booleans() throws {
        for text in ["是", "有", "true", "YES", "y", "1", "√", "✓", " 是 ", "１"] {
            #expect(try LenientInput.boolean(text), "\(text)")
        }
        for text in ["否", "无", "False", "no", "N", "0", "×"] {
            #expect(try !LenientInput.boolean(text), "\(text)")
        }
        #expect(problem { () throws(InputProblem) in _ = try LenientInput.boolean("") } == .empty)
        #expect(problem { () throws(InputProblem) in _ = try LenientInput.boolean("2") } == .notABoolean)
        #expect(problem { () throws(InputProblem) in _ = try LenientInput.boolean("也许") } == .notABoolean)
    }
}
