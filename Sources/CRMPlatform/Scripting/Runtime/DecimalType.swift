package import CRMModel
package import LuaBridge

/// Exact decimals in Lua: `+ - *` are exact, comparisons work, division says its places.
package enum DecimalType {
    package static func make(in state: LuaState, host: PluginHost) throws(LuaError) -> LuaClass<DecimalBox> {
        try LuaClass(state: state, name: "decimal") { definition in
            definition.events[.tostring] = { call in
                call.push(try call.object(1, as: DecimalBox.self).value.description)
            }
            definition.events[.add] = operation(host) { $0.adding($1) }
            definition.events[.subtract] = operation(host) { $0.subtracting($1) }
            definition.events[.multiply] = operation(host) { left, right in
                left.multiplied(by: right, scale: min(9, left.scale + right.scale), rounding: .halfUp)
            }
            definition.events[.divide] = operation(host) { left, right in
                left.divided(by: right, scale: 6, rounding: .halfUp)
            }
            definition.events[.negate] = { [unowned host] call in
                let value = try number(call, 1)
                try push(value.negated, &call, host)
            }
            definition.events[.equal] = { call in call.push((try? number(call, 1)) == (try? number(call, 2))) }
            definition.events[.less] = { call in
                let (left, right) = (try number(call, 1), try number(call, 2))
                call.push(left < right)
            }
            definition.events[.lessOrEqual] = { call in
                let (left, right) = (try number(call, 1), try number(call, 2))
                call.push(left <= right)
            }
            definition.events[.concatenate] = { call in call.push(try text(call, 1) + text(call, 2)) }
            definition.methods = [
                (
                    "round",
                    { [unowned host] box, call in
                        let scale = try call.optionalInteger(1) ?? 0
                        guard (0...9).contains(scale) else { throw call.badArgument(1, "0 to 9 places") }
                        try push(box.value.rescaled(to: Int(scale), rounding: .halfUp), &call, host)
                    }
                ),
                (
                    "div",
                    { [unowned host] box, call in
                        let other = try number(call, 1)
                        let scale = try call.optionalInteger(2) ?? 2
                        guard (0...9).contains(scale) else { throw call.badArgument(2, "0 to 9 places") }
                        try push(box.value.divided(by: other, scale: Int(scale), rounding: .halfUp), &call, host)
                    }
                ),
                ("format", { box, call in call.push(box.value.formatted(grouping: true)) }),
                ("to_number", { box, call in call.push(box.value.doubleValue) }),
                ("is_zero", { box, call in call.push(box.value.isZero) }),
            ]
        }
    }

    private static func operation(
        _ host: PluginHost,
        _ body: @escaping (FixedDecimal, FixedDecimal) -> FixedDecimal?
    ) -> (inout LuaCall) throws -> Void {
        { [unowned host] call in
            let result = body(try number(call, 1), try number(call, 2))
            try push(result, &call, host)
        }
    }

    private static func push(_ value: FixedDecimal?, _ call: inout LuaCall, _ host: PluginHost) throws {
        guard let value else {
            throw PlatformError(.invalidInput, Message(.scriptDecimalRange), context: ErrorContext(plugin: host.plugin))
        }
        try call.push(host.luaTypes().decimal.argument(DecimalBox(value)))
    }

    /// A decimal argument: a decimal, an integer, a float that is exactly a decimal, or its text.
    package static func number(_ call: borrowing LuaCall, _ position: Int) throws -> FixedDecimal {
        switch call.type(of: position) {
        case .object: return try call.object(position, as: DecimalBox.self).value
        case .integer: return FixedDecimal(try call.integer(position))
        case .number:
            guard let value = FixedDecimal(exactly: try call.number(position)) else {
                throw call.badArgument(position, "the number is not an exact decimal; write crm.decimal(\"0.1\")")
            }
            return value
        case .string:
            guard let value = FixedDecimal(try call.string(position)) else {
                throw call.badArgument(position, "not a decimal such as \"12.50\"")
            }
            return value
        default: throw call.wrongArgument(position, expected: "decimal")
        }
    }

    private static func text(_ call: borrowing LuaCall, _ position: Int) throws -> String {
        call.type(of: position) == .string ? try call.string(position) : try number(call, position).description
    }
}

extension MessageKey {
    package static let scriptDecimalRange = MessageKey(
        "script.decimal_range",
        zhCN: "小数运算超出范围或除以零",
        zhTW: "小數運算超出範圍或除以零",
        en: "the result of the decimal operation is out of range, or a division by zero"
    )
}
