internal import CRMModel
internal import Mustache

/// A print value as the template engine takes it.
///
/// The engine looks into unknown types by reflection; this one answers for itself, so that nothing but the data given
/// can be read.
struct PrintNode: MustacheParent, MustacheCustomRenderable, MustacheTransformable, CustomStringConvertible {
    private let value: PrintValue
    private let setting: PrintSetting

    init(_ value: PrintValue, _ setting: PrintSetting) {
        self.value = value
        self.setting = setting
    }

    /// The value as the engine takes it: lists as arrays, flags as booleans, everything else as a node.
    private func engineValue(_ value: PrintValue) -> Any {
        switch value {
        case .list(let elements): elements.map { engineValue($0) }
        case .flag(let flag): flag
        default: PrintNode(value, setting)
        }
    }

    func child(named name: String) -> Any? { value.member(name).map { engineValue($0) } }

    func transform(_ name: String) -> Any? {
        switch TemplateTransform(rawValue: name)?.applied(to: value, in: setting) {
        case .value(let value): engineValue(value)
        // The engine writes a template as it is; ours have no tags.
        case .markup(let text): try? MustacheTemplate(string: text)
        case .refused, nil: nil
        }
    }

    var renderText: String {
        let text = value.text ?? ""
        guard text.utf8.contains(where: Self.isControl) else { return text }
        return String(decoding: text.utf8.filter { !Self.isControl($0) }, as: UTF8.self)
    }

    var isNull: Bool { value.isNothing }

    var description: String { renderText }

    private static func isControl(_ byte: UInt8) -> Bool {
        (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D) || byte == 0x7F
    }
}
