// A name that a program writes itself is right or wrong before it runs: a literal that is no name is a mistake of the programmer, and
// ends the program as an index out of range does. What comes from outside goes through `init?(rawValue:)`.
extension CheckedName where Self: ExpressibleByStringLiteral {
    /// The name that a literal says; it must be one.
    public init(stringLiteral text: String) {
        guard let name = Self(rawValue: text) else { preconditionFailure("\(text) is no \(Self.self)") }
        self = name
    }
}

extension ObjectName: ExpressibleByStringLiteral {}
extension FieldName: ExpressibleByStringLiteral {}
extension PluginID: ExpressibleByStringLiteral {}
extension ElementName: ExpressibleByStringLiteral {}
