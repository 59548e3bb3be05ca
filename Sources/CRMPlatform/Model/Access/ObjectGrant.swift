/// What may be done with an object.
public enum ObjectAction: String, Sendable, Hashable, CaseIterable {
    /// Reading records.
    case read
    /// Making records.
    case create
    /// Changing records.
    case update
    /// Deleting records.
    case delete
    /// Writing records into a file.
    case export
    /// Taking records from a file.
    case `import`
    /// Giving records away, so that one may not change them any more.
    case assign
    /// Printing records.
    case print
}

/// Which records of an object something may be done with.
public enum RowScope: Sendable, Hashable {
    /// All.
    case all
    /// None.
    case none
    /// Those for which a condition in the expression language holds.
    case `where`(String)
}

/// What may be done with a field.
public enum FieldRight: Sendable, Hashable {
    /// Nothing: the field is unknown.
    case none
    /// Seeing what a mask leaves.
    case masked(FieldMask)
    /// Seeing it.
    case read
    /// Seeing and changing it.
    case write
}

/// What an ``AccessPolicy`` gives a set of roles on an object, in words; an ``ObjectAccess`` is made of it.
public struct ObjectGrant: Sendable, Hashable {
    /// What may be done at all.
    public var actions: Set<ObjectAction>
    /// Which records may be read.
    public var read: RowScope
    /// Which of those may be changed, before the change and after it.
    public var update: RowScope
    /// Which of those may be deleted.
    public var delete: RowScope
    /// The fields with less than the right to write; the number and the version are always known.
    public var fields: [FieldName: FieldRight]
    /// The fields that are told of a record which may not be read and is the duplicate of one that is saved.
    public var duplicates: [FieldName]

    /// Makes a grant.
    public init(
        actions: Set<ObjectAction> = Set(ObjectAction.allCases),
        read: RowScope = .all,
        update: RowScope = .all,
        delete: RowScope = .all,
        fields: [FieldName: FieldRight] = [:],
        duplicates: [FieldName] = []
    ) {
        self.actions = actions
        self.read = read
        self.update = update
        self.delete = delete
        self.fields = fields
        self.duplicates = duplicates
    }

    /// Everything.
    public static let everything = ObjectGrant()
    /// Nothing.
    public static let nothing = ObjectGrant(actions: [], read: .none, update: .none, delete: .none)
}
