/// What names a currency in a text: a sign, a code, a Chinese word.
package struct CurrencyMark: Sendable, Hashable {
    /// The currency's ISO 4217 code.
    package let code: String
    /// The currencies that use the same sign, so that it alone does not tell.
    package let others: Set<String>

    private init(_ code: String, _ others: Set<String> = []) {
        self.code = code
        self.others = others
    }

    private static let dollars: Set<String> = [
        "HKD", "TWD", "SGD", "AUD", "CAD", "NZD", "MOP", "MXN", "BRL", "CLP", "COP", "ARS", "FJD", "BND",
    ]
    private static let yuan: Set<String> = ["HKD", "MOP"]

    /// Signs and words, longest first among those that begin or end alike.
    private static let signs: [(text: String, mark: CurrencyMark)] = [
        ("US$", CurrencyMark("USD")), ("HK$", CurrencyMark("HKD")), ("NT$", CurrencyMark("TWD")),
        ("MOP$", CurrencyMark("MOP")), ("AU$", CurrencyMark("AUD")), ("CA$", CurrencyMark("CAD")),
        ("NZ$", CurrencyMark("NZD")), ("SG$", CurrencyMark("SGD")), ("A$", CurrencyMark("AUD")),
        ("C$", CurrencyMark("CAD")), ("S$", CurrencyMark("SGD")), ("R$", CurrencyMark("BRL")),
        ("$", CurrencyMark("USD", dollars)), ("CN¥", CurrencyMark("CNY")), ("JP¥", CurrencyMark("JPY")),
        ("¥", CurrencyMark("CNY", ["JPY"])), ("€", CurrencyMark("EUR")), ("£", CurrencyMark("GBP", ["EGP", "LBP"])),
        ("₩", CurrencyMark("KRW")), ("₽", CurrencyMark("RUB")), ("₹", CurrencyMark("INR")), ("฿", CurrencyMark("THB")),
        ("₫", CurrencyMark("VND")), ("₱", CurrencyMark("PHP")), ("₺", CurrencyMark("TRY")), ("円", CurrencyMark("JPY")),
        ("人民币元", CurrencyMark("CNY")), ("人民幣元", CurrencyMark("CNY")), ("人民币", CurrencyMark("CNY")),
        ("人民幣", CurrencyMark("CNY")), ("美元", CurrencyMark("USD")), ("美金", CurrencyMark("USD")),
        ("欧元", CurrencyMark("EUR")), ("歐元", CurrencyMark("EUR")), ("英镑", CurrencyMark("GBP")),
        ("英鎊", CurrencyMark("GBP")), ("港元", CurrencyMark("HKD")), ("港币", CurrencyMark("HKD")),
        ("港幣", CurrencyMark("HKD")), ("港纸", CurrencyMark("HKD")), ("日元", CurrencyMark("JPY")),
        ("日圆", CurrencyMark("JPY")), ("日圓", CurrencyMark("JPY")), ("日币", CurrencyMark("JPY")),
        ("日幣", CurrencyMark("JPY")), ("新台币", CurrencyMark("TWD")), ("新臺幣", CurrencyMark("TWD")),
        ("新台幣", CurrencyMark("TWD")), ("台币", CurrencyMark("TWD")), ("臺幣", CurrencyMark("TWD")),
        ("台幣", CurrencyMark("TWD")), ("韩元", CurrencyMark("KRW")), ("韓元", CurrencyMark("KRW")),
        ("韩币", CurrencyMark("KRW")), ("澳门元", CurrencyMark("MOP")), ("澳門元", CurrencyMark("MOP")),
        ("葡币", CurrencyMark("MOP")), ("澳元", CurrencyMark("AUD")), ("加元", CurrencyMark("CAD")),
        ("新加坡元", CurrencyMark("SGD")), ("新元", CurrencyMark("SGD")), ("新西兰元", CurrencyMark("NZD")),
        ("纽元", CurrencyMark("NZD")), ("瑞士法郎", CurrencyMark("CHF")), ("瑞郎", CurrencyMark("CHF")),
        ("法郎", CurrencyMark("CHF")), ("马克", CurrencyMark("DEM")), ("卢布", CurrencyMark("RUB")),
        ("盧布", CurrencyMark("RUB")), ("卢比", CurrencyMark("INR")), ("盧比", CurrencyMark("INR")),
        ("泰铢", CurrencyMark("THB")), ("泰銖", CurrencyMark("THB")), ("越南盾", CurrencyMark("VND")),
        ("印尼盾", CurrencyMark("IDR")), ("林吉特", CurrencyMark("MYR")), ("比索", CurrencyMark("PHP")),
        ("迪拉姆", CurrencyMark("AED")), ("里亚尔", CurrencyMark("SAR")), ("里拉", CurrencyMark("TRY")),
        ("元整", CurrencyMark("CNY", yuan)), ("元正", CurrencyMark("CNY", yuan)), ("圆整", CurrencyMark("CNY", yuan)),
        ("圓整", CurrencyMark("CNY", yuan)), ("元", CurrencyMark("CNY", yuan)), ("圆", CurrencyMark("CNY", yuan)),
        ("圓", CurrencyMark("CNY", yuan)),
    ]

    /// The codes of ISO 4217, with `RMB`, `CNH` and `NTD`, which are written as often.
    private static let codes: [String: String] = {
        let text = """
            AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
            CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG \
            HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA \
            MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD \
            RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX \
            USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
            """
        var codes = ["RMB": "CNY", "CNH": "CNY", "NTD": "TWD"]
        for code in text.split(separator: " ") { codes[String(code)] = String(code) }
        return codes
    }()

    /// What a text names when it is a sign, a code or a word and nothing else; nil for every other text.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(LenientInput.prepared(text).utf8)
        guard let (mark, count) = Self.after(bytes), count == bytes.count else { return nil }
        self = mark
    }

    /// The sign or code that half-width bytes begin with, and how many bytes it has; nil for none.
    package static func before(_ bytes: some BidirectionalCollection<UInt8>) -> (mark: CurrencyMark, count: Int)? {
        guard let first = bytes.first, first &- 0x30 >= 10 else { return nil }
        for (text, mark) in signs where starts(bytes, text) { return (mark, text.utf8.count) }
        let letters = bytes.prefix { $0 | 0x20 &- 0x61 < 26 }
        guard letters.count == 3, let code = codes[String(decoding: letters, as: UTF8.self).uppercased()] else {
            return nil
        }
        return (CurrencyMark(code), 3)
    }

    /// The sign or code that half-width bytes end with; nil for none.
    static func after(_ bytes: some BidirectionalCollection<UInt8>) -> (mark: CurrencyMark, count: Int)? {
        guard let last = bytes.last, last &- 0x30 >= 10 else { return nil }
        var best: (mark: CurrencyMark, count: Int)?
        for (text, mark) in signs where text.utf8.count > best?.count ?? 0 && ends(bytes, text) {
            best = (mark, text.utf8.count)
        }
        if let best { return best }
        let letters = bytes.reversed().prefix { $0 | 0x20 &- 0x61 < 26 }.reversed()
        guard letters.count == 3, let code = codes[String(decoding: Array(letters), as: UTF8.self).uppercased()] else {
            return nil
        }
        return (CurrencyMark(code), 3)
    }

    private static func starts(_ bytes: some BidirectionalCollection<UInt8>, _ sign: String) -> Bool {
        bytes.count >= sign.utf8.count && zip(bytes, sign.utf8).allSatisfy { upper($0) == $1 }
    }

    private static func ends(_ bytes: some BidirectionalCollection<UInt8>, _ sign: String) -> Bool {
        bytes.count >= sign.utf8.count && zip(bytes.reversed(), sign.utf8.reversed()).allSatisfy { upper($0) == $1 }
    }

    private static func upper(_ byte: UInt8) -> UInt8 { byte &- 0x61 < 26 ? byte - 0x20 : byte }

    /// Whether an amount with this mark may go where amounts of a currency are kept.
    package func check(_ wanted: LenientInput.CurrencyMeaning) throws(InputProblem) {
        switch wanted {
        case .refused: throw .otherCurrency
        case .unmarked:
            guard code == "CNY" else { throw .otherCurrency }
        case .of(let currency):
            if code == currency { return }
            // 元 is what people in Taiwan write of their own dollar.
            if currency == "TWD", code == "CNY", others == Self.yuan { return }
            throw others.contains(currency) ? .ambiguousCurrency : .otherCurrency
        }
    }
}
