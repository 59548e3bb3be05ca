extension TextNormalisation {
    /// The core of a company's name, for duplicate rules.
    ///
    /// Half-width, lower case and of one script, without blanks, brackets, quotation marks and punctuation, and without the words of
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

    /// Whether a sign of a search form belongs to a name: letters, digits and the signs of scripts.
    static func isNameSign(_ scalar: Unicode.Scalar) -> Bool {
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
        "有限责任公司", "有限公司", "总公司", "公司", "责任", "股份", "集团", "控股", "合伙企业",
    ].map { Array($0.unicodeScalars) }

    private static let latinForms: Set<String> = [
        "co", "company", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "gmbh", "ag", "kg", "ug", "se",
        "llc", "llp", "lp", "plc", "sa", "srl", "spa", "sas", "sarl", "bv", "nv", "oy", "ab", "as", "aps", "pte", "pty",
        "kk", "jsc", "ooo", "group", "holding", "holdings",
    ]
}
