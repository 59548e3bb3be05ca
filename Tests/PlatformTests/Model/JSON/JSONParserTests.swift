import CRMModel
import Testing

struct JSONParserTests {
    private func error(_ text: String, limits: JSONLimits = JSONLimits()) -> JSONError? {
        do {
            _ = try JSONParser.parse(text, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test("a document becomes a tree that keeps order and digits")
    func tree() throws {
        let value = try JSONParser.parse(#" {"b": [1, -2.50, 1E3, true, false, null], "a": {"中": "文"}} "#)
        #expect(value.objectValue?.keys == ["b", "a"])
        #expect(value["b"] == [.integer(1), .number("-2.50"), .number("1E3"), true, false, nil])
        #expect(value["a"]?["中"] == "文")
        #expect(value.serialised() == #"{"b":[1,-2.50,1E3,true,false,null],"a":{"中":"文"}}"#)
    }

    @Test("numbers are exact or kept as text")
    func numbers() throws {
        #expect(try JSONParser.parse("9223372036854775807") == .integer(.max))
        #expect(try JSONParser.parse("-9223372036854775808") == .integer(.min))
        #expect(try JSONParser.parse("9223372036854775808") == .number("9223372036854775808"))
        #expect(try JSONParser.parse("0.1").decimalValue?.description == "0.1")
        #expect(try JSONParser.parse("1e3").decimalValue == FixedDecimal(1000))
        #expect(try JSONParser.parse("1e400").decimalValue == nil)
        #expect(try JSONParser.parse("1e400").doubleValue == nil)
        #expect(try JSONParser.parse("-0") == .integer(0))
    }

    @Test("escapes become their characters")
    func escapes() throws {
        let text = #""\"\\\/\b\f\n\r\t\u00e9\u4e2d\ud83d\ude00""#
        #expect(try JSONParser.parse(text) == .string("\"\\/\u{8}\u{C}\n\r\té中😀"))
    }

    @Test(
        "what RFC 8259 does not know is refused with its reason",
        arguments: [
            ("", JSONError.Code.empty), ("  \n", .empty), ("{", .unexpectedEnd), ("[1,", .unexpectedEnd),
            ("[1 2]", .unexpectedCharacter), ("{a:1}", .unexpectedCharacter), ("[1,]", .unexpectedCharacter),
            ("{\"a\":1,}", .unexpectedCharacter), ("NaN", .badNumber), ("01", .badNumber), (".5", .badNumber),
            ("+1", .badNumber), ("0x10", .badNumber), ("1.", .badNumber), ("1e", .badNumber), ("-", .badNumber),
            ("--1", .badNumber), ("Infinity", .badNumber), ("tru", .unexpectedEnd), ("truex", .unexpectedCharacter),
            ("nul1", .unexpectedCharacter), ("'a'", .unexpectedCharacter), ("\"a", .unterminatedString),
            ("\"\n\"", .controlCharacter), ("\"\\x\"", .badEscape), ("\"\\u12g4\"", .badEscape),
            ("\"\\ud800\"", .loneSurrogate), ("\"\\udc00\"", .loneSurrogate), ("\"\\ud800\\u0041\"", .loneSurrogate),
            ("\"\\u0000\"", .nulCharacter), ("1 2", .trailingContent), ("{} {}", .trailingContent),
            ("{\"a\":1,\"\\u0061\":2}", .duplicateKey),
            ("\u{FEFF}", .empty), ("// a\n1", .unexpectedCharacter),
        ]
    )
    func refused(text: String, code: JSONError.Code) {
        #expect(error(text)?.code == code)
    }

    @Test(
        "bytes that are not UTF-8 are refused",
        arguments: [
            [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xFF, 0x22], [0x22, 0xE4, 0xBD, 0x22],
            [0x22, 0x5C, 0x6E, 0xFF, 0x22],
        ] as [[UInt8]]
    )
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONParser.parse(bytes) }
    }

    @Test("each limit is kept: at it all is well, beyond it not")
    func limits() {
        let limits = JSONLimits(bytes: 40, depth: 3, members: 4, stringBytes: 6, numberBytes: 5)
        #expect(error("[[[1]]]", limits: limits) == nil)
        #expect(error("[[[[1]]]]", limits: limits)?.code == .tooDeep)
        #expect(error("[1,2,3,4]", limits: limits) == nil)
        #expect(error("[1,2,3,4,5]", limits: limits)?.code == .tooManyMembers)
        #expect(error(#"{"a":1,"b":1,"c":1,"d":1,"e":1}"#, limits: limits)?.code == .tooManyMembers)
        #expect(error("\"123456\"", limits: limits) == nil)
        #expect(error("\"1234567\"", limits: limits)?.code == .stringTooLong)
        #expect(error("\"\\n234567\"", limits: limits)?.code == .stringTooLong)
        #expect(error("12345", limits: limits) == nil)
        #expect(error("123456", limits: limits)?.code == .numberTooLong)
        #expect(error(String(repeating: " ", count: 40) + "1", limits: limits)?.code == .tooManyBytes)
    }

    @Test("an error names line, column and path")
    func place() {
        let text = "{\n  \"名称\": 1,\n  \"fields\": [{}, {}, {}, {\"name\": 01}]\n}"
        let found = error(text)
        #expect(found?.line == 3)
        #expect(found?.column == 35)
        #expect(found?.path == "fields[3].name")
        #expect(found?.detail == "01")
        #expect(error("{\"a\":1,\"a\":2}")?.detail == "a")
        #expect(error("{\"a b\":{\"c\":x}}")?.path == "[\"a b\"].c")
        #expect(error("[[1,+2]]")?.path == "[0][1]")
        #expect(error("{\"名称\":x}")?.column == 7)
    }

    @Test(
        "the hostile files end as they must, each in under a second",
        arguments: [
            ("01_deep_array.json", JSONError.Code.tooDeep), ("03_unclosed_deep.json", .tooDeep),
            ("04_duplicate_keys.json", .duplicateKey), ("06_not_json_numbers.json", .badNumber),
            ("07_lone_surrogate.json", .loneSurrogate), ("12_wide.json", .tooManyMembers),
            ("13_trailing.json", .trailingContent), ("15_utf16.json", .wrongEncoding),
            ("16_big_string.json", .tooManyBytes),
        ]
    )
    func corpus(name: String, code: JSONError.Code) throws {
        let bytes = try CorpusFile.bytes("bad-input/json/\(name)")
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect {
                try JSONParser.parse(bytes)
            } throws: {
                ($0 as? JSONError)?.code == code
            }
        }
        #expect(time < .seconds(1))
    }

    @Test("the well-formed files of the corpus are read as they are, for the checks that follow")
    func wellFormed() throws {
        let confused = try JSONParser.parse(CorpusFile.bytes("bad-input/json/09_type_confusion.json"))
        #expect(confused["name"]?["$ne"] == .null)
        #expect(confused["code"]?.kind == .array)
        let mass = try JSONParser.parse(CorpusFile.bytes("bad-input/json/10_mass_assignment.json"))
        #expect(mass.objectValue?.count == 13)
        #expect(mass["__proto__"]?["admin"] == true)
        #expect(try JSONParser.parse(CorpusFile.bytes("bad-input/json/18_scalar.json")) == 42)
    }

    @Test("a wide object is read in time, and its keys are found")
    func wide() throws {
        var object = JSONObject()
        for index in 0..<10_000 { object["k\(index)"] = .integer(Int64(index)) }
        let text = JSONValue.object(object).serialised()
        let clock = ContinuousClock()
        var parsed = JSONValue.null
        let time = try clock.measure { parsed = try JSONParser.parse(text) }
        #expect(parsed["k9999"] == 9999)
        #expect(time < .seconds(1))
    }
}

struct JSONObjectTests {
    @Test("keys keep their places through changes, also in wide objects", arguments: [3, 30])
    func order(width: Int) {
        var object = JSONObject()
        for index in 0..<width { object["k\(index)"] = .integer(Int64(index)) }
        object["k1"] = "new"
        object["k0"] = nil
        #expect(object.count == width - 1)
        #expect(object.keys.first == "k1")
        #expect(object["k1"] == "new")
        #expect(object["k0"] == nil)
        #expect(object["k\(width - 1)"] == .integer(Int64(width - 1)))
    }

    @Test("objects are equal in any order")
    func equality() {
        let left: JSONValue = ["a": 1, "b": [true, nil]]
        let right: JSONValue = ["b": [true, nil], "a": 1]
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left != ["a": 1, "b": [nil, true]])
        #expect(left != ["a": 1])
    }
}
