/// A message of the kernel with its wording in every language.
///
/// Each room declares its own in an extension (`MessageKey+Records.swift` …), so a message cannot be used without
/// all its translations.
public struct MessageKey: Sendable, Hashable {
    /// A stable name, such as `field.required`.
    public let id: String

    /// The wording, with `{name}` for arguments.
    public let template: LocalizedText

    /// Declares a message.
    package init(_ id: String, zhCN: String, zhTW: String, en: String) {
        self.id = id
        template = LocalizedText([.zhCN: zhCN, .zhTW: zhTW, .en: en])
    }

    /// Two keys are one when their names are.
    public static func == (left: MessageKey, right: MessageKey) -> Bool { left.id == right.id }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
