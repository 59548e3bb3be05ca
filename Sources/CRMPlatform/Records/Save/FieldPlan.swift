import CRMModel

/// What each save needs of a field, without the texts of its definition: cheap to go through for every record.
struct FieldPlan {
    /// How a value that is given is brought into the field's form, when it is written plainly.
    enum Form {
        /// A line of text without blanks around it.
        case text
        /// Text as it stands.
        case longText
        /// Text in which full-width signs become half-width ones.
        case halfWidth
        /// The same in small letters.
        case email
        /// A value of exactly this storage.
        case exact(FieldStorage)
        /// Something that is always read with the whole definition.
        case special
    }

    /// What of a value is checked when it has changed.
    enum Check {
        case nothing
        case email
        case phone
    }

    let name: FieldName
    let isSystem: Bool
    let isAutoNumber: Bool
    let form: Form
    let check: Check
    /// The greatest number of characters, `Int.max` for no limit.
    let maxLength: Int
    let minimum: Value?
    let maximum: Value?
    let hasPattern: Bool

    init(_ field: FieldDefinition) {
        name = field.name
        isSystem = field.isSystem
        maxLength = field.maxLength ?? .max
        minimum = field.minimum
        maximum = field.maximum
        hasPattern = field.pattern != nil
        if case .autoNumber = field.type { isAutoNumber = true } else { isAutoNumber = false }
        switch field.type {
        case .email: check = .email
        case .phone: check = .phone
        default: check = .nothing
        }
        switch field.type {
        case .text: form = .text
        case .longText, .picklist: form = .longText
        case .email: form = .email
        case .phone, .autoNumber: form = .halfWidth
        case .children: form = .special
        default: form = .exact(field.storage)
        }
    }

    /// The value in the field's form when it is there already, as most values are; nil when it must be looked at.
    ///
    /// What it gives is what ``ValueCoder`` would give.
    func plain(_ input: InputValue) -> Value? {
        guard case .value(let value) = input else { return nil }
        switch (form, value) {
        case (.text, .text(let text)), (.halfWidth, .text(let text)), (.email, .text(let text)),
            (.longText, .text(let text)):
            return isPlain(text) ? value : nil
        case (.exact(.integer), .integer(let number)): return number == .min ? nil : value
        case (.exact(.boolean), .boolean), (.exact(.date), .date): return value
        case (.exact(.instant), .instant(let moment)):
            return moment == moment.wholeSeconds && moment.isWritable ? value : nil
        case (.exact(.scaled(let scale)), .decimal(let decimal)):
            return decimal.scale == scale ? value : nil
        default:
            return nil
        }
    }

    /// Whether the last sign of a text is seen for certain.
    private static func endsVisibly(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = bytes.last else { return false }
        if last < 0x80 { return TextNormalisation.beginsVisibly(last) }
        // The last of three bytes of a Chinese character.
        return bytes.count >= 3 && 0xE4...0xE9 ~= bytes[bytes.count - 3]
    }

    /// Whether a text needs neither trimming nor folding and has no byte 0.
    private func isPlain(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { bytes in
            guard let first = bytes.first, TextNormalisation.beginsVisibly(first), Self.endsVisibly(bytes) else {
                return false
            }
            switch form {
            // Control signs are looked at with the whole definition: codes hold none.
            case .halfWidth: return bytes.allSatisfy { $0 &- 0x20 < 0x5F }
            case .email: return bytes.allSatisfy { $0 &- 1 < 0x7E && $0 &- 0x41 >= 26 }
            default: return bytes.allSatisfy { $0 != 0 }
            }
        }
    }
}
