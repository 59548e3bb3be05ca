/// The keys and values of a JSON object, in the order in which they were written.
///
/// Two objects are equal when they have equal values under equal keys; the order does not count.
public struct JSONObject: Sendable {
    /// The keys and values in order.
    public private(set) var entries: [(key: String, value: JSONValue)]

    // Positions by key; kept only for objects that are too wide for a plain search.
    private var positions: [String: Int]

    private static let searchedPlainly = 8

    /// Makes an empty object.
    public init() {
        entries = []
        positions = [:]
    }

    /// Makes an object of keys and values; of a key given twice the last value counts.
    public init(_ entries: some Sequence<(String, JSONValue)>) {
        self.init()
        for (key, value) in entries { self[key] = value }
    }

    /// The keys in order.
    public var keys: [String] { entries.map(\.key) }

    /// The number of keys.
    public var count: Int { entries.count }

    /// Whether there is no key.
    public var isEmpty: Bool { entries.isEmpty }

    /// The value of a key; setting keeps the place of a key that is there, adds a new one last and removes on nil.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { entries[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): entries[position].value = value
            case (let position?, nil):
                entries.remove(at: position)
                rebuildPositions()
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Adds a key that is not there yet; false, and nothing is changed, when it is.
    mutating func appendNew(_ key: String, _ value: JSONValue) -> Bool {
        guard position(of: key) == nil else { return false }
        append(key, value)
        return true
    }

    /// Whether the object has a key.
    func contains(_ key: String) -> Bool { position(of: key) != nil }

    private mutating func append(_ key: String, _ value: JSONValue) {
        entries.append((key, value))
        if entries.count == Self.searchedPlainly + 1 {
            rebuildPositions()
        } else if entries.count > Self.searchedPlainly {
            positions[key] = entries.count - 1
        }
    }

    private func position(of key: String) -> Int? {
        if entries.count > Self.searchedPlainly { return positions[key] }
        return entries.firstIndex { $0.key == key }
    }

    private mutating func rebuildPositions() {
        positions.removeAll()
        guard entries.count > Self.searchedPlainly else { return }
        for (index, entry) in entries.enumerated() { positions[entry.key] = index }
    }
}

extension JSONObject: Hashable {
    /// Equality of keys and values, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.entries.allSatisfy { right[$0.key] == $0.value }
    }

    /// Hashes keys and values without their order.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for entry in entries {
            var own = Hasher()
            own.combine(entry.key)
            own.combine(entry.value)
            sum &+= own.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Makes an object; of a key given twice the last value counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}
