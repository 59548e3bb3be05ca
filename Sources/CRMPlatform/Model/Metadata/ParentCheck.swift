/// Finds options of dependent dictionaries that belong to values which no controlling dictionary has.
struct ParentCheck {
    /// The controlling dictionaries by the dictionary that depends on them.
    private var controllers: [ElementName: Set<ElementName>] = [:]

    /// Gathers which dictionaries the fields of the objects make depend on which.
    init(_ objects: some Sequence<ObjectDraft>) {
        for object in objects {
            for (field, _) in object.fields {
                guard case .picklist(let dictionary) = field.type, let controller = field.dependsOn,
                    let other = object.fields.first(where: { $0.definition.name == controller })?.definition,
                    case .picklist(let controlling) = other.type
                else { continue }
                controllers[dictionary, default: []].insert(controlling)
            }
        }
    }

    /// Calls `complain` with each value that is not there, its place, and the values that are.
    func run(
        _ dictionaries: [ElementName: DictionaryDraft],
        _ complain: (_ node: MetadataNode, _ value: String, _ known: [String]) -> Void
    ) {
        for (name, controlling) in controllers.sorted(by: { $0.key < $1.key }) {
            guard let dictionary = dictionaries[name] else { continue }
            let known = Set(controlling.flatMap { dictionaries[$0]?.options.map(\.option.value) ?? [] })
            guard !known.isEmpty else { continue }
            for (value, node) in dictionary.parents where !known.contains(value) {
                complain(node, value, Array(known))
            }
        }
    }
}
