/// What of the metadata could not be read or is not there, so that one mistake is not told again wherever its name
/// stands.
final class BrokenNames {
    private var objects: Set<String> = []
    private var dictionaries: Set<String> = []
    /// Whether an object or a dictionary that something names is not there.
    var hasMissing = false

    /// Notes an object whose file, `NAME.json`, makes no sense.
    func add(object file: String?) {
        if let file { objects.insert(Self.name(file)) }
    }

    /// Notes a dictionary whose file makes no sense.
    func add(dictionary file: String?) {
        if let file { dictionaries.insert(Self.name(file)) }
    }

    /// Whether a file of an object or a dictionary makes no sense.
    var hasUnread: Bool { !objects.isEmpty || !dictionaries.isEmpty }

    /// Whether conditions may name something that is not there.
    var isAny: Bool { hasMissing || hasUnread }

    /// Whether the name is one of those noted.
    func contains(_ name: String, _ kind: MessageKey) -> Bool {
        switch kind {
        case .objectWord: objects.contains(name)
        case .dictionaryWord: dictionaries.contains(name)
        default: false
        }
    }

    private static func name(_ file: String) -> String { String(file.prefix { $0 != "." }) }
}
