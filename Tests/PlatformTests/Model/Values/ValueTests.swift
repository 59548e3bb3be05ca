import CRMModel
import Testing

struct ValueTests {
    @Test("texts are equal only byte for byte, whatever Unicode thinks")
    func textEquality() {
        let composed = Value.text("\u{E9}")
        let decomposed = Value.text("e\u{301}")
        #expect(composed != decomposed)
        #expect(Value.text("\u{E9}e\u{301}") != Value.text("e\u{301}\u{E9}"))
        #expect(composed == Value.text("\u{E9}"))
        #expect(composed.hashValue == Value.text("\u{E9}").hashValue)
    }

    @Test("kinds are not equal to each other")
    func kinds() {
        #expect(Value.null != .text(""))
        #expect(Value.integer(1) != .boolean(true))
        #expect(Value.integer(1) != .decimal(FixedDecimal(1)))
        #expect(Value.decimal(FixedDecimal(1)) == .decimal(FixedDecimal(units: 100, scale: 2) ?? .zero))
    }

    @Test("values of one kind are ordered, integers and decimals as numbers")
    func order() throws {
        let half = try #require(FixedDecimal("1.5"))
        #expect(Value.integer(1).compare(.decimal(half)) == -1)
        #expect(Value.decimal(half).compare(.integer(1)) == 1)
        #expect(Value.integer(3).compare(.integer(3)) == 0)
        #expect(Value.boolean(false).compare(.boolean(true)) == -1)
        #expect(Value.text("B").compare(.text("a")) == -1)
        #expect(Value.text("\u{FF5E}").compare(.text("\u{1F600}")) == -1)
        #expect(Value.null.compare(.null) == 0)
        #expect(Value.null.compare(.integer(1)) == nil)
        #expect(Value.text("1").compare(.integer(1)) == nil)
    }

    @Test("accessors give their own kind only")
    func accessors() throws {
        let date = try #require(CalendarDate(iso: "2026-11-21"))
        #expect(Value.text("a").textValue == "a")
        #expect(Value.text("a").integerValue == nil)
        #expect(Value.integer(5).integerValue == 5)
        #expect(Value.integer(5).decimalValue == FixedDecimal(5))
        #expect(Value.boolean(true).booleanValue == true)
        #expect(Value.date(date).dateValue == date)
        #expect(Value.instant(.earliest).instantValue == .earliest)
        #expect(Value.null.isNull)
        #expect(!Value.text("").isNull)
    }

    @Test("texts for display depend on nothing but the value")
    func display() throws {
        #expect(Value.decimal(try #require(FixedDecimal("12.50"))).displayText == "12.50")
        #expect(Value.date(try #require(CalendarDate(iso: "2026-11-21"))).displayText == "2026-11-21")
        #expect(Value.null.displayText.isEmpty)
        #expect(Value.boolean(true).displayText == "true")
    }

    @Test("a value takes no more room than a text and one byte")
    func size() {
        #expect(MemoryLayout<Value>.size <= 17)
    }
}
