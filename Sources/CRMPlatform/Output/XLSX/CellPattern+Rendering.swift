internal import CRMModel

extension CellPattern.Section {
    /// What the sheet shows of a number; nil when it cannot be told, also where digits would be rounded away.
    func rendered(_ number: CellNumber, isNegative: Bool) -> String? {
        guard !isStrange else { return nil }
        let shift = (tokens.contains(.percent) ? 2 : 0) - 3 * tokens.count { $0 == .shrink }
        let plain = number.text(shift: shift)
        let parts = plain.drop { $0 == "-" }.split(separator: ".")
        var whole = parts.first.map { $0 == "0" ? "" : String($0) } ?? ""
        var fraction = parts.count > 1 ? Array(parts[1]) : []
        let point = tokens.firstIndex(of: .point) ?? tokens.count
        let head = tokens[..<point]
        let places = head.count(where: \.isDigit)
        let isGeneral = tokens.contains(.general)
        if head.contains(.group) {
            guard !isParted else { return nil }
            let least = head.drop { $0 != .digit("0") }.count(where: \.isDigit)
            whole = Self.grouped(String(repeating: "0", count: max(0, least - whole.count)) + whole)
        }
        let isGrouped = head.contains(.group)
        var result = isNegative ? "-" : ""
        var place = 0
        var hasZero = false
        for (index, token) in tokens.enumerated() {
            switch token {
            case .text(let text, _): result += text
            case .percent: result += "%"
            case .point: result += "."
            case .group, .shrink: break
            case .general: result += String(plain.drop { $0 == "-" })
            case .digit(let sign) where index < point:
                place += 1
                if place == 1 {
                    let surplus = isGrouped ? whole.count : max(0, whole.count - places)
                    result += whole.prefix(surplus)
                    whole = String(whole.dropFirst(surplus))
                    if isGrouped { continue }
                }
                if isGrouped { continue }
                if whole.count == places - place + 1, !whole.isEmpty {
                    result.append(whole.removeFirst())
                } else {
                    hasZero = hasZero || sign == "0"
                    result += hasZero ? "0" : sign == "?" ? " " : ""
                }
            case .digit(let sign):
                if fraction.isEmpty {
                    result += sign == "0" ? "0" : sign == "?" ? " " : ""
                } else {
                    result.append(fraction.removeFirst())
                }
            }
        }
        let isWhole = isGeneral || !hasDigits || fraction.isEmpty && whole.isEmpty
        return isWhole ? TextNormalisation.trimmed(result) : nil
    }

    private static func grouped(_ digits: String) -> String {
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result += "," }
            result.append(digit)
        }
        return result
    }
}
