extension Principal {
    /// The form in which work that is done later keeps on whose behalf it is.
    package var stored: String {
        JSONValue.object([
            "kind": .string(kind.rawValue), "user": .integer(userID), "name": .string(name), "reason": .string(reason),
        ]).serialised()
    }

    /// Reads what ``stored`` has written; nil when it is something else.
    package init?(stored text: String) {
        guard case .object(let object)? = try? JSONParser.parse(text),
            let kind = object["kind"]?.stringValue.flatMap({ Kind(rawValue: $0) }),
            let userID = object["user"]?.integerValue, let name = object["name"]?.stringValue,
            let reason = object["reason"]?.stringValue
        else { return nil }
        self.init(kind: kind, userID: userID, name: name, reason: reason)
    }
}
