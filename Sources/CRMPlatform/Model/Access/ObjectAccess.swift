package import struct Foundation.TimeZone

/// What those of a set of roles may do with an object: a grant brought to slots and checked conditions.
///
/// The same for all of the roles, so it is made once for a version of the policy and kept.
public final class ObjectAccess: Sendable {
    /// Which records.
    package enum Scope: Sendable {
        case all
        case none
        case some(CheckedExpression)
    }

    /// What may be done at all.
    public let actions: Set<ObjectAction>
    /// Which records may be read; none when reading is not among the actions.
    package let read: Scope
    package let update: Scope
    package let delete: Scope
    /// The slots that are as if they were not there.
    package let hidden: Set<Int>
    /// The slots of which something is shown.
    package let masks: [Int: FieldMask]
    /// The slots that are seen and cannot be given values, masked ones among them.
    package let unwritable: Set<Int>
    /// The slots that are told of a duplicate which may not be read.
    package let disclosed: [Int]

    /// Whether all fields of a record are shown as they are.
    package let isWhole: Bool

    /// Brings a grant to the slots of an object.
    ///
    /// - Throws: `ExpressionError` when a condition is wrong.
    package init(
        _ grant: ObjectGrant,
        on object: ObjectDefinition,
        in catalog: Catalog,
        timeZone: TimeZone
    ) throws(ExpressionError) {
        func scope(_ scope: RowScope, _ action: ObjectAction) throws(ExpressionError) -> Scope {
            guard grant.actions.contains(action) else { return .none }
            switch scope {
            case .all: return .all
            case .none: return .none
            case .where(let text):
                // Conditions of rights are asked of the records as they are, whatever their readers may see.
                let parsed = try Expression.parse(text)
                return .some(try parsed.checkCondition(against: object, in: catalog, timeZone: timeZone))
            }
        }
        actions = grant.actions
        read = try scope(grant.read, .read)
        update = try scope(grant.update, .update)
        delete = try scope(grant.delete, .delete)
        var (hidden, masks, unwritable) = (Set<Int>(), [Int: FieldMask](), Set<Int>())
        for (name, right) in grant.fields {
            guard let slot = object.slot(of: name), !Self.alwaysKnown.contains(slot) else { continue }
            switch right {
            case .none: hidden.insert(slot)
            case .masked(let mask):
                masks[slot] = mask
                unwritable.insert(slot)
            case .read: unwritable.insert(slot)
            case .write: break
            }
        }
        (self.hidden, self.masks, self.unwritable) = (hidden, masks, unwritable)
        disclosed = grant.duplicates.compactMap { object.slot(of: $0) }
        isWhole = hidden.isEmpty && masks.isEmpty
    }

    private init() {
        (actions, read, update, delete) = ([], .none, .none, .none)
        (hidden, masks, unwritable, disclosed, isWhole) = ([], [:], [], [], true)
    }

    /// Nothing; also what a grant comes to that cannot be understood.
    package static let nothing = ObjectAccess()

    private static let alwaysKnown = [SystemField.id.slot, SystemField.version.slot]

    /// What is shown of values in slot order.
    package func shown(_ values: [Value]) -> [Value] {
        guard !isWhole else { return values }
        var values = values
        for slot in hidden where slot < values.count { values[slot] = .null }
        for (slot, mask) in masks where slot < values.count { values[slot] = mask.shown(values[slot]) }
        return values
    }

    /// What is shown of the value of a slot.
    package func shown(_ value: Value, at slot: Int) -> Value {
        if hidden.contains(slot) { return .null }
        return masks[slot]?.shown(value) ?? value
    }

    /// Whether a slot is seen as it is.
    package func isPlain(_ slot: Int) -> Bool { !hidden.contains(slot) && masks[slot] == nil }
}
