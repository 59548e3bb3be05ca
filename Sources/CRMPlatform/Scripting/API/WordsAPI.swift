import CRMModel
import CRMOutput
import LuaBridge

/// `crm.words`.
enum WordsAPI {
    static let functions: [APIFunction] = [
        APIFunction(
            "",
            "words",
            "Writes an amount in words: English ones in capitals, or Chinese capital numerals.",
            [
                .required("amount", .any, "A decimal, an integer or \"12.50\"; at most two places"),
                .required("language", .string, "\"en\", \"zh-CN\" or \"zh-TW\""),
            ],
            returns: "string",
            example: "local text = crm.words(crm.decimal(\"1234.56\"), \"en\")"
        ) { call, host in
            let tag = try call.string(2)
            guard let language = Language(rawValue: tag) else {
                throw call.badArgument(2, "no language '\(tag)'; languages are en, zh-CN, zh-TW")
            }
            call.push(try AmountWords.text(try DecimalType.number(call, 1), in: language))
        }
    ]
}
