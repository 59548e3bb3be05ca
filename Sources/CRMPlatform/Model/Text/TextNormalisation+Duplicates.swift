extension TextNormalisation {
    /// The core of a company's name, for duplicate rules.
    ///
    /// Half-width and lower case, without blanks, brackets, quotation marks and punctuation, and without the words of
    /// the legal form at the end: 有限责任公司, 股份有限公司, 集团, Co., Ltd., GmbH …. `武汉达川农业（集团）有限公司` and
    /// `武汉达川农业集团股份有限公司` both become `武汉达川农业`. A name of nothing but such words keeps the last of them, and
    /// a branch (分公司) keeps its whole name, as it is another party than its parent.
    public static func companyName(_ text: some StringProtocol) -> String {
        var words: [[Unicode.Scalar]] = [[]]
        for scalar in searchForm(text).unicodeScalars {
            if isNameSign(scalar) {
                words[words.count - 1].append(scalar)
            } else if !(words.last?.isEmpty ?? true) {
                words.append([])
            }
        }
        words.removeAll(where: \.isEmpty)
        // The Latin words of a legal form only count as whole words: "Texas Inc" has one, "Zinc" has none.
        while words.count > 1, let last = words.last, latinForms.contains(string(last)) { words.removeLast() }
        var name = words.flatMap { $0 }
        guard !name.suffix(branch.count).elementsEqual(branch) else { return string(name) }
        while !chineseForms.contains(name),
            let form = chineseForms.first(where: { name.suffix($0.count).elementsEqual($0) })
        {
            name.removeLast(form.count)
        }
        return string(name)
    }

    /// The digits of a phone number, for duplicate rules and for search.
    ///
    /// Half-width, without blanks, dashes, dots and brackets, without `+86` or `0086` before; an extension (转801, 分机801,
    /// ext 801, #801, x801, -801 after 转) is kept as `x801`. Other countries' numbers keep their `+`.
    public static func phoneNumber(_ text: some StringProtocol) -> String {
        var number = ""
        var extensionDigits: String?
        for scalar in halfWidth(text).lowercased().unicodeScalars {
            switch scalar {
            case "0"..."9":
                if extensionDigits == nil {
                    number.unicodeScalars.append(scalar)
                } else {
                    extensionDigits?.unicodeScalars.append(scalar)
                }
            case "+" where number.isEmpty && extensionDigits == nil: number = "+"
            case "转", "轉", "分", "x", "e", "#":
                if number.contains(where: \.isNumber), extensionDigits == nil { extensionDigits = "" }
            default: break
            }
        }
        if number.hasPrefix("+86") {
            number.removeFirst(3)
        } else if number.hasPrefix("0086") {
            number.removeFirst(4)
        } else if number.hasPrefix("86"), number.utf8.count == 13, number.dropFirst(2).first == "1" {
            // 86 138 0013 8000: a mobile number with the country code but without a plus.
            number.removeFirst(2)
        }
        if number == "+" { number = "" }
        guard let extensionDigits, !extensionDigits.isEmpty else { return number }
        return number + "x" + extensionDigits
    }

    private static func isNameSign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A, 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x3FFFF, 0x3007: true
        case 0..<0x80: false
        default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
    }

    private static func string(_ scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static let branch = Array("分公司".unicodeScalars)

    private static let chineseForms: [[Unicode.Scalar]] = [
        "有限责任公司", "有限責任公司", "有限公司", "总公司", "公司", "责任", "股份", "集团", "集團", "控股", "合伙企业",
    ].map { Array($0.unicodeScalars) }

    private static let latinForms: Set<String> = [
        "co", "company", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "gmbh", "ag", "kg", "ug", "se",
        "llc", "llp", "lp", "plc", "sa", "srl", "spa", "sas", "sarl", "bv", "nv", "oy", "ab", "as", "aps", "pte", "pty",
        "kk", "jsc", "ooo", "group", "holding", "holdings",
    ]
}
