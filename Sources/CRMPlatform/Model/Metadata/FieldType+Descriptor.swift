extension FieldType {
    /// The type with what belongs to it, as the file keeps it for fields whose plugin is away: `currency:USD:2`.
    ///
    /// What happens on deletions is not part of it.
    package var descriptor: String {
        switch self {
        case .decimal(let scale): "decimal:\(scale)"
        case .percent(let scale): "percent:\(scale)"
        case .currency(let code, let scale): "currency:\(code):\(scale)"
        case .picklist(let dictionary): "picklist:\(dictionary)"
        case .reference(let target, _): "reference:\(target)"
        case .children(let object, let via): "children:\(object):\(via)"
        default: name
        }
    }

    /// Reads ``descriptor``; nil for anything else.
    package init?(descriptor text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let scale = parts.last.flatMap { Int($0) }.flatMap { (0...FixedDecimal.maximumScale).contains($0) ? $0 : nil }
        switch (parts[0], parts.count) {
        case ("text", 1): self = .text
        case ("long_text", 1): self = .longText
        case ("integer", 1): self = .integer
        case ("boolean", 1): self = .boolean
        case ("date", 1): self = .date
        case ("date_time", 1): self = .dateTime
        case ("auto_number", 1): self = .autoNumber
        case ("email", 1): self = .email
        case ("phone", 1): self = .phone
        case ("decimal", 2):
            guard let scale else { return nil }
            self = .decimal(scale: scale)
        case ("percent", 2):
            guard let scale else { return nil }
            self = .percent(scale: scale)
        case ("currency", 3):
            guard let scale else { return nil }
            self = .currency(code: parts[1], scale: scale)
        case ("picklist", 2):
            guard let dictionary = ElementName(rawValue: parts[1]) else { return nil }
            self = .picklist(dictionary: dictionary)
        case ("reference", 2):
            guard let target = ObjectName(rawValue: parts[1]) else { return nil }
            self = .reference(to: target, onDelete: .restrict)
        case ("children", 3):
            guard let object = ObjectName(rawValue: parts[1]), let via = FieldName(rawValue: parts[2]) else {
                return nil
            }
            self = .children(object: object, via: via)
        default: return nil
        }
    }

    /// The type for people, as metadata writes it: `currency (USD, 2)`, `reference (customer)`.
    package var shown: String {
        let parts = descriptor.split(separator: ":")
        return parts.count < 2 ? name : "\(name) (\(parts.dropFirst().joined(separator: ", ")))"
    }
}
