/// Reads what people type and what spreadsheets hold, Chinese habits first.
///
/// Either the exact value comes back or the reason why not; no value is ever changed in silence.
public enum LenientInput {
    /// Reads a yes or a no: 是/否, 有/无, 对/错, true/false, yes/no, y/n, 1/0, on/off, √/×.
    ///
    /// - Throws: `InputProblem.empty` or `.notABoolean`.
    public static func boolean(_ text: some StringProtocol) throws(InputProblem) -> Bool {
        // What programs write is read without making texts of it.
        switch text {
        case "true", "1", "是": return true
        case "false", "0", "否": return false
        default: break
        }
        switch prepared(text).lowercased() {
        case "": throw .empty
        case "是", "有", "对", "對", "真", "true", "yes", "y", "t", "1", "on", "√", "✓", "✔", "☑": return true
        case "否", "无", "無", "没有", "错", "錯", "假", "false", "no", "n", "f", "0", "off", "×", "✗", "✘", "✕", "☐":
            return false
        default: throw .notABoolean
        }
    }

    /// Half-width and without invisible signs at the ends.
    static func prepared(_ text: some StringProtocol) -> String {
        TextNormalisation.trimmed(TextNormalisation.halfWidth(text))
    }
}
