package import CRMModel
package import LuaBridge

/// Days and moments in Lua.
package enum DateType {
    package static func make(in state: LuaState, host: PluginHost) throws(LuaError) -> LuaClass<DateBox> {
        try LuaClass(state: state, name: "date", keys: ["year", "month", "day", "weekday", "quarter"]) { definition in
            definition.index = { box, key, call in
                switch key {
                case 0: call.push(box.value.year)
                case 1: call.push(box.value.month)
                case 2: call.push(box.value.day)
                case 3: call.push(box.value.weekday)
                case 4: call.push(box.value.quarter)
                default: call.pushNil()
                }
            }
            definition.events[.tostring] = { call in
                call.push(try call.object(1, as: DateBox.self).value.description)
            }
            definition.events[.add] = { [unowned host] call in
                let isFirst = call.type(of: 1) == .object
                let day = try call.object(isFirst ? 1 : 2, as: DateBox.self).value
                try push(try moved(day, by: call.integer(isFirst ? 2 : 1)), &call, host)
            }
            definition.events[.subtract] = { [unowned host] call in
                let day = try call.object(1, as: DateBox.self).value
                if call.type(of: 2) == .object {
                    call.push(Int64(try call.object(2, as: DateBox.self).value.days(until: day)))
                } else {
                    let days = try call.integer(2)
                    try push(days == .min ? nil : moved(day, by: -days), &call, host)
                }
            }
            definition.events[.equal] = { call in call.push((try? self.day(call, 1)) == (try? self.day(call, 2))) }
            definition.events[.less] = { call in
                let (left, right) = (try self.day(call, 1), try self.day(call, 2))
                call.push(left < right)
            }
            definition.events[.lessOrEqual] = { call in
                let (left, right) = (try self.day(call, 1), try self.day(call, 2))
                call.push(left <= right)
            }
            definition.events[.concatenate] = { call in call.push(try text(call, 1) + text(call, 2)) }
            definition.methods = [
                (
                    "add_months",
                    { [unowned host] box, call in
                        let months = Int(exactly: try call.integer(1)).flatMap { $0.magnitude < 200_000 ? $0 : nil }
                        try push(months.flatMap { box.value.adding(months: $0) }, &call, host)
                    }
                ),
                (
                    "add_days",
                    { [unowned host] box, call in try push(try moved(box.value, by: call.integer(1)), &call, host) }
                ),
                (
                    "format",
                    { box, call in
                        let style = try call.optionalString(1) ?? "iso"
                        call.push(style.hasPrefix("zh") ? box.value.chineseDescription : box.value.description)
                    }
                ),
                (
                    "start_of_month",
                    { [unowned host] box, call in try push(box.value.startOfMonth, &call, host) }
                ),
                ("end_of_month", { [unowned host] box, call in try push(box.value.endOfMonth, &call, host) }),
            ]
        }
    }

    package static func makeInstant(in state: LuaState, host: PluginHost) throws(LuaError) -> LuaClass<InstantBox> {
        try LuaClass(state: state, name: "moment") { definition in
            definition.events[.tostring] = { call in
                call.push(try call.object(1, as: InstantBox.self).value.description)
            }
            definition.events[.equal] = { call in
                let left = try? call.object(1, as: InstantBox.self).value
                let right = try? call.object(2, as: InstantBox.self).value
                call.push(left == right)
            }
            definition.events[.less] = { call in
                let left = try call.object(1, as: InstantBox.self).value
                call.push(left < (try call.object(2, as: InstantBox.self).value))
            }
            definition.events[.subtract] = { call in
                let left = try call.object(1, as: InstantBox.self).value
                let right = try call.object(2, as: InstantBox.self).value
                call.push((left.milliseconds - right.milliseconds) / 1000)
            }
            definition.methods = [
                (
                    "date",
                    { [unowned host] box, call in
                        try push(ZoneDays.of(host.surroundings.timeZone).day(of: box.value), &call, host)
                    }
                )
            ]
        }
    }

    private static func moved(_ day: CalendarDate, by days: Int64) -> CalendarDate? {
        Int(exactly: days).flatMap { $0.magnitude < 5_000_000 ? day.adding(days: $0) : nil }
    }

    package static func push(_ day: CalendarDate?, _ call: inout LuaCall, _ host: PluginHost) throws {
        guard let day else {
            throw PlatformError(.invalidInput, Message(.scriptDateRange), context: ErrorContext(plugin: host.plugin))
        }
        try call.push(host.luaTypes().date.argument(DateBox(day)))
    }

    /// A day argument: a day, a moment's day is not taken, or its text in any form people write.
    package static func day(_ call: borrowing LuaCall, _ position: Int) throws -> CalendarDate {
        if call.type(of: position) == .string {
            let text = try call.string(position)
            guard let day = try? LenientInput.date(text) else {
                throw call.badArgument(position, "not a date such as \"2026-11-21\"")
            }
            return day
        }
        return try call.object(position, as: DateBox.self).value
    }

    private static func text(_ call: borrowing LuaCall, _ position: Int) throws -> String {
        call.type(of: position) == .string ? try call.string(position) : try day(call, position).description
    }
}

extension MessageKey {
    package static let scriptDateRange = MessageKey(
        "script.date_range",
        zhCN: "没有这个日期，或超出 1 到 9999 年",
        zhTW: "沒有這個日期，或超出 1 到 9999 年",
        en: "there is no such day, or it lies outside the years 1 to 9999"
    )
}
