import CRMModel
import Testing

struct JSONWriterTests {
    @Test("structure, commas and all kinds of values")
    func compact() throws {
        var writer = JSONWriter()
        let key = JSONKey("名\"称")
        writer.beginObject()
        writer.key("id")
        writer.integer(Int64.min)
        writer.key(key)
        writer.string("达川")
        writer.key("list")
        writer.beginArray()
        writer.null()
        writer.boolean(true)
        writer.beginObject()
        writer.endObject()
        writer.beginArray()
        writer.endArray()
        writer.endArray()
        writer.key(String("price"))
        writer.value(Value.decimal(try #require(FixedDecimal("12.50"))))
        writer.key("bare")
        writer.decimal(try #require(FixedDecimal("12.50")), quoted: false)
        writer.key("day")
        writer.value(.date(try #require(CalendarDate(iso: "2026-11-21"))))
        writer.key("at")
        writer.value(.instant(Instant(milliseconds: 0)))
        writer.key("raw")
        writer.raw("[1]".utf8)
        writer.endObject()
        #expect(
            writer.text
                == #"{"id":-9223372036854775808,"名\"称":"达川","list":[null,true,{},[]],"price":"12.50","bare":12.50,"#
                + #""day":"2026-11-21","at":"1970-01-01T00:00:00Z","raw":[1]}"#
        )
        writer.removeAll()
        writer.integer(0)
        #expect(writer.text == "0")
    }

    @Test("texts are escaped where they must be and nowhere else")
    func escapes() throws {
        var writer = JSONWriter()
        writer.string("a\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}\u{2028}é😀")
        #expect(writer.text == #""a\"\\/\b\f\n\r\t\u0001\u001f"# + "\u{7F}\u{2028}é😀\"")
        #expect(try JSONParser.parse(writer.bytes).stringValue == "a\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}\u{2028}é😀")
    }

    @Test("the indented form is what editors write")
    func pretty() {
        let value: JSONValue = ["a": 1, "b": [], "c": [1, ["d": "e"]], "f": [:]]
        #expect(
            value.serialised(pretty: true) == """
                {
                  "a": 1,
                  "b": [],
                  "c": [
                    1,
                    {
                      "d": "e"
                    }
                  ],
                  "f": {}
                }
                """
        )
    }

    @Test("what is written is read back the same", arguments: [true, false])
    func roundTrip(pretty: Bool) throws {
        let value: JSONValue = [
            "数": .number("1.50"), "text": "line\nline", "nested": [["x": [[], [:], nil]]], "": .integer(-1),
        ]
        #expect(try JSONParser.parse(value.serialisedBytes(pretty: pretty)) == value)
    }
}

struct JSONWriterEscapeTests {
    @Test("an escape is set wherever it stands, next to any neighbour", arguments: 0..<20)
    func positions(position: Int) throws {
        for sign in ["\"", "\\", "\u{0}", "\u{1F}", "\n"] {
            for filler in ["a", " ", "!", "#", "[", "]", "é", "达", "\u{7F}"] {
                let text =
                    String(repeating: filler, count: position) + sign + String(repeating: filler, count: 19 - position)
                var writer = JSONWriter()
                writer.string(text)
                #expect(writer.bytes.allSatisfy { $0 >= 0x20 })
                if sign != "\u{0}" { #expect(try JSONParser.parse(writer.bytes).stringValue == text) }
            }
        }
    }
}
