package import CRMModel

extension LuaReview {
    /// Comparisons by `==` and `~=` that are the same whatever the record holds: Lua takes an exact decimal and a number, a
    /// day and a text for different without asking what they are.
    package func comparisons(_ tokens: [LuaTokens.Token], _ path: String) -> [PlatformError] {
        let decimals = names(\.isDecimal)
        let days = names(\.isDay)
        return tokens.indices.compactMap { index in
            let sign = tokens[index].text
            guard tokens[index].kind == .sign, sign == "==" || sign == "~=" else { return nil }
            for (field, other) in [
                (Self.field(before: index, tokens), tokens.dropFirst(index + 1).first), right(of: index, tokens),
            ] {
                guard let field, let other else { continue }
                if other.kind == .number, decimals.contains(field) {
                    return error(
                        Message(.reviewDecimalComparison, ["name": .text(field), "sign": .text(sign)]),
                        path,
                        other.line
                    )
                }
                if other.kind == .string, days.contains(field) {
                    return error(
                        Message(.reviewDayComparison, ["name": .text(field), "sign": .text(sign)]),
                        path,
                        other.line
                    )
                }
            }
            return nil
        }
    }

    /// The field names that stand for values of one kind in every object that has them.
    private func names(_ isKind: (FieldType) -> Bool) -> Set<String> {
        var found: Set<String> = []
        var others: Set<String> = []
        for field in catalog.objects.values.flatMap(\.fields) {
            if isKind(field.type) { found.insert(field.name.rawValue) } else { others.insert(field.name.rawValue) }
        }
        return found.subtracting(others)
    }

    /// The field at the end of `record.field` before a place, nil when something else stands there.
    private static func field(before index: Int, _ tokens: [LuaTokens.Token]) -> String? {
        guard index > 2, tokens[index - 1].kind == .name, tokens[index - 2].isSign("."), tokens[index - 3].kind == .name
        else { return nil }
        var start = index - 3
        while start > 1, tokens[start - 1].isSign("."), tokens[start - 2].kind == .name { start -= 2 }
        return start > 0 && tokens[start - 1].isSign("#") ? nil : tokens[index - 1].text
    }

    /// The field at the end of `record.field` behind a place, with what stands before the place.
    private func right(of index: Int, _ tokens: [LuaTokens.Token]) -> (String?, LuaTokens.Token?) {
        guard index > 0, index + 1 < tokens.count, tokens[index + 1].kind == .name else { return (nil, nil) }
        var end = index + 1
        while end + 2 < tokens.count, tokens[end + 1].isSign("."), tokens[end + 2].kind == .name { end += 2 }
        return (end > index + 1 ? tokens[end].text : nil, tokens[index - 1])
    }
}

extension FieldType {
    fileprivate var isDecimal: Bool {
        switch self {
        case .decimal, .currency, .percent: true
        default: false
        }
    }

    fileprivate var isDay: Bool {
        switch self {
        case .date, .dateTime: true
        default: false
        }
    }
}

extension MessageKey {
    package static let reviewDecimalComparison = MessageKey(
        "review.decimal_comparison",
        zhCN: "「{name}」是精确小数，Lua 里用 {sign} 与数字比较，结果永远是“不相等”；请与 crm.decimal(…) 比较",
        zhTW: "「{name}」是精確小數，Lua 裡用 {sign} 與數字比較，結果永遠是「不相等」；請與 crm.decimal(…) 比較",
        en:
            "\"{name}\" is an exact decimal, which Lua's {sign} never takes for equal to a number; compare it with crm.decimal(…)"
    )
    package static let reviewDayComparison = MessageKey(
        "review.day_comparison",
        zhCN: "「{name}」是日期，Lua 里用 {sign} 与文本比较，结果永远是“不相等”；请与 crm.date.parse(…) 比较",
        zhTW: "「{name}」是日期，Lua 裡用 {sign} 與文字比較，結果永遠是「不相等」；請與 crm.date.parse(…) 比較",
        en: "\"{name}\" is a day, which Lua's {sign} never takes for equal to a text; compare it with crm.date.parse(…)"
    )
}
