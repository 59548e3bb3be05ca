package import CRMModel
import LuaBridge

/// `crm.date`.
package enum DateAPI {
    static let functions: [APIFunction] = [
        APIFunction(
            "date",
            "today",
            "Gives the day in the company's time zone.",
            returns: "crm.Date",
            example: "local due = crm.date.today() + 7"
        ) { call, host in
            try DateType.push(host.today, &call, host)
        },
        APIFunction("date", "now", "Gives the moment.", returns: "crm.Moment", example: "local at = crm.date.now()") {
            call,
            host in
            try call.push(host.luaTypes().instant.argument(InstantBox(host.surroundings.clock.now)))
        },
        APIFunction(
            "date",
            "parse",
            "Reads a date as people write it, nil when it is none.",
            [.required("text", .string, "2026-11-21, 2026/11/21, 2026年11月21日")],
            returns: "crm.Date?",
            example: "local d = crm.date.parse(\"2026年11月21日\")"
        ) { call, host in
            guard let day = try? LenientInput.date(call.string(1)) else { return call.pushNil() }
            try DateType.push(day, &call, host)
        },
        APIFunction(
            "date",
            "date",
            "Makes a date.",
            [
                .required("year", .integer, "1 to 9999"), .required("month", .integer, "1 to 12"),
                .required("day", .integer, "1 to 31"),
            ],
            returns: "crm.Date",
            example: "local d = crm.date.date(2026, 11, 21)"
        ) { call, host in
            let parts = try (1...3).map { Int(clamping: try call.integer($0)) }
            try DateType.push(CalendarDate(year: parts[0], month: parts[1], day: parts[2]), &call, host)
        },
    ]
}

extension PluginHost {
    /// The day in the company's time zone.
    package var today: CalendarDate { surroundings.clock.now.date(in: surroundings.timeZone) }
}

/// `crm.decimal`.
package enum DecimalAPI {
    static let functions: [APIFunction] = [
        APIFunction(
            "",
            "decimal",
            "Makes an exact decimal of a text or an integer.",
            [.required("value", .any, "\"12.50\" or 12")],
            returns: "crm.Decimal",
            example: "local price = crm.decimal(\"12.50\") * 3"
        ) { call, host in
            let value = try DecimalType.number(call, 1)
            try call.push(host.luaTypes().decimal.argument(DecimalBox(value)))
        }
    ]
}

/// `crm.company`.
package enum CompanyAPI {
    static let functions: [APIFunction] = [
        APIFunction(
            "",
            "company",
            "Gives what the file says of the company, in a table of its own.",
            returns: "{name: string, language: string, time_zone: string, currency: string, week_start: string, "
                + "fiscal_year_start: integer}",
            example: "local year_begins = crm.company().fiscal_year_start"
        ) { call, host in
            let settings = host.surroundings.settings
            try call.push(
                LuaValue.table([
                    (.string("name"), .string(settings.name)),
                    (.string("language"), .string(settings.language.rawValue)),
                    (.string("time_zone"), .string(settings[.timeZone])),
                    (.string("currency"), .string(settings.currency)),
                    (.string("week_start"), .string(settings.weekStart.rawValue)),
                    (.string("fiscal_year_start"), .integer(Int64(settings.fiscalYearStart))),
                ])
            )
        }
    ]
}

/// `crm.t` and `crm.log`.
package enum TextAPI {
    static let functions: [APIFunction] =
        [
            APIFunction(
                "",
                "t",
                "Gives a text of the plugin's locales in the user's language.",
                [
                    .required("key", .string, "Key in locales/<language>.json"),
                    .optional("arguments", .table, "Values for {name} in the text"),
                ],
                returns: "string",
                example: "crm.t(\"order.closed\", {number = \"S-01\"})"
            ) { call, host in
                let text = host.localised(try call.string(1))
                guard !call.isNil(2), case .table(let pairs) = try call.value(2) else { return call.push(text) }
                var values: [String: String] = [:]
                for pair in pairs {
                    if case .string(let name) = pair.key { values[name] = Definition.text(pair.value) }
                }
                guard let filled = filled(text, values) else {
                    throw call.badArgument(2, "the text becomes longer than \(longestText / 1024) KB")
                }
                call.push(filled)
            }
        ] + [LogEntry.Level.debug, .info, .warn, .error].map(log)

    /// The bytes of the longest text that `crm.t` makes.
    package static let longestText = 1 << 20

    /// The text with its names in braces replaced by values, once from front to back; nil when it becomes too long.
    ///
    /// What a value holds is not looked at again, and names without a value stay as they are.
    package static func filled(_ text: String, _ values: [String: String]) -> String? {
        var result = ""
        var rest = Substring(text)
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
            result += rest[..<open]
            rest = rest[open...]
            // A name ends before the next bracket of either kind.
            let inner = rest[rest.utf8.index(after: open)...]
            guard let end = inner.utf8.firstIndex(where: { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "{") }),
                inner.utf8[end] == UInt8(ascii: "}"), let value = values[String(inner[..<end])]
            else {
                result += "{"
                rest = inner
                continue
            }
            result += value
            rest = rest[rest.utf8.index(after: end)...]
            guard result.utf8.count <= longestText else { return nil }
        }
        result += rest
        return result.utf8.count <= longestText ? result : nil
    }

    private static func log(_ level: LogEntry.Level) -> APIFunction {
        APIFunction(
            "log",
            level.rawValue,
            "Writes a line to the log, with the plugin's name.",
            [.required("text", .string, "The line"), .optional("fields", .table, "Further values")],
            example: "crm.log.\(level.rawValue)(\"imported\", {rows = 12})"
        ) { call, host in
            // Whatever the line holds is told; bytes that are no text stand as escapes.
            var line = DisplayWidth.escapingControls(String(escapingInvalid: try call.bytes(1)))
            if !call.isNil(2) { line += " " + JSONAPI.shown(try call.value(2, opaque: .name)).serialised() }
            host.logged(at: level) { call.state.log(line, beside: host.logPrefix(level).utf8.count) }
        }
    }
}

extension PluginHost {
    /// A text of `locales/<language>.json`: in the language of whoever it is for, else in zh-CN, else the key itself.
    package func localised(_ key: String) -> String {
        for language in [self.language, .zhCN, .en] {
            if let text = locale(language)[key] { return text }
        }
        return key
    }

    private func locale(_ language: Language) -> [String: String] {
        if let known = locales[language] { return known }
        let texts = modules.texts(in: language)
        locales[language] = texts
        return texts
    }
}
