package import CRMModel
import Foundation
package import LuaBridge

/// `crm.json`.
package enum JSONAPI {
    static let functions: [APIFunction] = [
        APIFunction(
            "json",
            "encode",
            "Writes a value as JSON; decimals and dates become texts, keys that are numbers too. Refuses what JSON cannot hold: "
                + "texts that are not UTF-8, numbers that are not finite, and two keys of the same text.",
            [.required("value", .any, "Data: tables, texts, numbers, booleans")],
            returns: "string",
            example: "local text = crm.json.encode({name = \"华东\"})"
        ) { call, _ in
            let value = try call.value(1)
            do throws(Loss) {
                call.push(try json(value).serialised())
            } catch {
                throw call.badArgument(1, error.description)
            }
        },
        APIFunction(
            "json",
            "decode",
            "Reads strict JSON; refuses numbers that a Lua number does not keep.",
            [.required("text", .string, "The JSON text")],
            returns: "any",
            example: "local data = crm.json.decode(text)"
        ) { call, _ in
            do {
                let json = try JSONParser.parse(call.string(1))
                if let loss = loss(in: json, at: "") {
                    throw call.badArgument(1, loss.description)
                }
                try call.push(luaValue(json))
            } catch let error as JSONError {
                throw call.badArgument(1, error.message.text(in: .en))
            }
        },
    ]

    /// A value that would be lost, and where it stands.
    package struct Loss: Error, CustomStringConvertible {
        /// Where, as Lua writes it: `lines[2].price`; empty for the value itself.
        package var path: String
        /// What is wrong, in English as Lua's own messages are.
        package let problem: String

        package var description: String { path.isEmpty ? problem : "at \(path): \(problem)" }
    }

    // MARK: - From JSON

    package static func luaValue(_ json: JSONValue) -> LuaValue {
        switch json {
        case .null: .nil
        case .boolean(let flag): .boolean(flag)
        case .integer(let number): .integer(number)
        case .number(let text): Double(text).map { .number($0) } ?? .string(text)
        case .string(let text): .string(text)
        case .array(let items): .array(items.map(luaValue))
        case .object(let object): .table(object.entries.map { (.string($0.key), luaValue($0.value)) })
        }
    }

    /// The first number that Lua would change.
    private static func loss(in json: JSONValue, at path: String) -> Loss? {
        switch json {
        case .number(let text):
            guard !isKept(text) else { return nil }
            return Loss(
                path: path,
                problem:
                    "\(TextLimits.prefix(text, characters: 60)) has more digits than a Lua number keeps, or lies beyond "
                    + "its range; write it as a text"
            )
        case .array(let items):
            for (index, item) in items.enumerated() {
                if let loss = loss(in: item, at: "\(path)[\(index + 1)]") { return loss }
            }
        case .object(let object):
            for (key, value) in object.entries {
                if let loss = loss(in: value, at: member(key, of: path)) { return loss }
            }
        case .null, .boolean, .integer, .string: break
        }
        return nil
    }

    /// Whether a float tells a number by all the digits with which it is written.
    ///
    /// They are at most 17, and the same when the float is written with as many again. Whole numbers beyond 64 bits are none.
    private static func isKept(_ text: String) -> Bool {
        let mantissa = text.prefix { $0 != "e" && $0 != "E" }
        guard mantissa.count < text.count || mantissa.contains("."), let number = Double(text), number.isFinite else {
            return false
        }
        var digits = mantissa.filter { "0"..."9" ~= $0 }[...].drop { $0 == "0" }
        while digits.last == "0" { digits.removeLast() }
        guard !digits.isEmpty else { return true }
        guard digits.count <= 17 else { return false }
        let again = String(format: "%.*e", digits.count - 1, number)
        return again.prefix { $0 != "e" }.filter { "0"..."9" ~= $0 } == digits && number != 0
    }

    // MARK: - To JSON

    /// A value of a script as JSON.
    ///
    /// - Throws: what JSON cannot hold, with its place.
    package static func json(_ value: LuaValue) throws(Loss) -> JSONValue {
        try json(value, at: "") { (loss: Loss, _) throws(Loss) in throw loss }
    }

    /// A value of a script as JSON for people to read: what JSON cannot hold is described.
    package static func shown(_ value: LuaValue) -> JSONValue {
        json(value, at: "") { _, description in .string(description) }
    }

    private static func json<Problem: Error>(
        _ value: LuaValue,
        at path: String,
        _ lost: (Loss, String) throws(Problem) -> JSONValue
    ) throws(Problem) -> JSONValue {
        switch value {
        case .nil: return .null
        case .opaque(let type):
            return try lost(Loss(path: path, problem: "a \(type) is no data"), "<\(type)>")
        case .boolean(let flag): return .boolean(flag)
        case .integer(let number): return .integer(number)
        case .number(let number):
            if number.isFinite { return .number("\(number)") }
            return try lost(Loss(path: path, problem: "JSON has no number \(number)"), "\(number)")
        case .string(let text): return .string(text)
        case .bytes(let bytes):
            return try lost(Loss(path: path, problem: "the text is not valid UTF-8"), String(escapingInvalid: bytes))
        case .array(let items):
            var elements: [JSONValue] = []
            for (index, item) in items.enumerated() {
                elements.append(try json(item, at: "\(path)[\(index + 1)]", lost))
            }
            return .array(elements)
        case .table(let pairs):
            var members: [(String, JSONValue)] = []
            for pair in pairs {
                var name = Definition.text(pair.key)
                if name == nil, case .bytes(let bytes) = pair.key {
                    name = String(escapingInvalid: bytes)
                    _ = try lost(Loss(path: path, problem: "the key \(name ?? "") is not valid UTF-8"), "")
                }
                let key = name ?? "?"
                members.append((key, try json(pair.value, at: member(key, of: path), lost)))
            }
            members.sort { $0.0 < $1.0 }
            for (member, next) in zip(members, members.dropFirst()) where member.0 == next.0 {
                _ = try lost(Loss(path: path, problem: "the key \(member.0) is there as a text and as a number"), "")
            }
            return .object(JSONObject(members))
        }
    }

    private static func member(_ key: String, of path: String) -> String {
        let plain =
            !key.isEmpty && key.utf8.count <= 60 && key.utf8.allSatisfy { $0 == 0x5F || $0 >= 0x80 || isWord($0) }
        guard plain else { return "\(path)[\(JSONValue.string(TextLimits.prefix(key, characters: 40)).serialised())]" }
        return path.isEmpty ? key : "\(path).\(key)"
    }

    private static func isWord(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }
}
