/// Turns the parser's tree into a checked one: names become slots, literals the values of what they are compared with.
struct ExpressionChecker {
    /// A checked node with what is known about it besides its kind.
    struct Operand {
        var kind: TypedNode
        let column: Int
        /// The text of a literal or parameter, which takes the kind of what it meets.
        var literal: String?
        /// Whether it came from a parameter; such a text may be a value that the dictionary does not have.
        var isParameter = false
        /// The dictionary of a picklist field.
        var dictionary: PicklistSet?
        /// The object of a reference field.
        var reference: ObjectName?
        /// How the values of the field are compared by `=` and `in`, when not as they stand.
        var form: ComparableForm?
        /// How the values of the field are compared by `like` and its kin, besides as they stand.
        var patternForm: ComparableForm?
        /// Whether the field holds codes that the platform gives, which are all of one way of writing.
        var isCode = false

        init(_ kind: TypedNode, column: Int) {
            self.kind = kind
            self.column = column
        }

        var isNull: Bool {
            if case .null = kind { return true }
            return false
        }

        /// The name of the kind, for messages.
        var kindName: Message.Argument { .message(kind.kindName) }
    }

    let object: ObjectDefinition
    let catalog: Catalog
    let parameters: [Value]
    let zone: ZoneDays
    /// What whoever asks may see of an object; nil for all of it.
    let access: (ObjectDefinition) -> ObjectAccess?
    /// The texts by which records are named, as they are found.
    var names = NamedRecords()

    func check(_ node: SyntaxNode) throws(ExpressionError) -> Operand {
        let column = node.column
        switch node.kind {
        case .null: return Operand(.null, column: column)
        case .truth(let value): return Operand(.condition(.constant(value)), column: column)
        case .number(let value): return number(value, column: column)
        case .text(let text): return self.text(text, column: column)
        case .date(let date): return Operand(.day(.constant(date)), column: column)
        case .placeholder(let index): return parameter(parameters[index], column: column)
        case .name(let parts, let isQuoted): return try field(parts, isQuoted: isQuoted, column: column)
        case .call(let name, let arguments): return try call(name, arguments, column: column)
        case .arithmetic(let operation, let left, let right):
            return try arithmetic(operation, try check(left), try check(right), column: column)
        case .negate(let operand):
            let (number, scale) = try self.number(try check(operand))
            return Operand(.number(.negate(number), scale: scale), column: column)
        case .not, .all, .any, .compare, .among, .pattern, .between, .empty:
            return Operand(.condition(try condition(node)), column: column)
        }
    }

    // MARK: - Literals

    private func number(_ value: FixedDecimal, column: Int) -> Operand {
        let (units, scale) = Self.trimmed(value)
        return Operand(.number(.constant(units), scale: scale), column: column)
    }

    /// The number with as few places as it needs.
    static func trimmed(_ value: FixedDecimal) -> (units: Int64, scale: Int) {
        var units = value.units
        var scale = value.scale
        while scale > 0, units % 10 == 0 {
            units /= 10
            scale -= 1
        }
        return (units, scale)
    }

    private func text(_ text: String, column: Int) -> Operand {
        var operand = Operand(.text(.constant(text)), column: column)
        operand.literal = text
        return operand
    }

    private func parameter(_ value: Value, column: Int) -> Operand {
        switch value {
        case .null: return Operand(.null, column: column)
        case .boolean(let value): return Operand(.condition(.constant(value)), column: column)
        case .integer(let value): return Operand(.number(.constant(value), scale: 0), column: column)
        case .decimal(let value): return number(value, column: column)
        case .date(let value): return Operand(.day(.constant(value)), column: column)
        case .instant(let value): return Operand(.moment(.constant(value)), column: column)
        case .text(let value):
            var operand = text(value, column: column)
            operand.isParameter = true
            return operand
        }
    }

    // MARK: - Fields

    private func field(
        _ parts: [String],
        isQuoted: Bool,
        column: Int
    ) throws(ExpressionError) -> Operand {
        var owner = object
        var hops: [FieldPath.Hop] = []
        // The caret stands under the name that is wrong, not under the beginning of the path.
        var column = column
        let start = column
        for part in parts.dropLast() {
            let (field, slot) = try find(part, in: owner, isQuoted: isQuoted, column: column)
            guard case .reference(let target, _) = field.type, let next = catalog.objects[target] else {
                throw ExpressionError(column: column, .expressionNotReference, ["field": .text(part)])
            }
            hops.append(FieldPath.Hop(slot: slot, target: next))
            owner = next
            if !isQuoted { column += part.count + 1 }
        }
        let name = parts[parts.count - 1]
        let (field, slot) = try find(name, in: owner, isQuoted: isQuoted, column: column)
        let source: FieldSource = hops.isEmpty ? .own(slot: slot) : .remote(FieldPath(hops: hops, slot: slot))
        let kind: TypedNode
        switch field.storage {
        case .text: kind = .text(.field(source))
        case .integer: kind = .number(.field(source, scale: 0), scale: 0)
        case .scaled(let scale): kind = .number(.field(source, scale: scale), scale: scale)
        case .boolean: kind = .condition(.field(source))
        case .date: kind = .day(.field(source))
        case .instant: kind = .moment(.field(source))
        case .none: throw ExpressionError(column: column, .expressionChildren, ["field": .text(name)])
        }
        var operand = Operand(kind, column: start)
        operand.dictionary = catalog.dictionary(of: field)
        if case .reference(let target, _) = field.type { operand.reference = target }
        if slot == SystemField.id.slot { operand.reference = owner.name }
        switch field.type {
        case .phone: (operand.form, operand.patternForm) = (.phone, .phone)
        case .email: (operand.form, operand.patternForm) = (.email, .email)
        case .text, .longText:
            operand.form = .code
            // A name is found across brackets, dots and blanks, as by search.
            operand.patternForm = slot == owner.titleSlot ? .name : .text
        case .autoNumber:
            operand.isCode = true
            operand.patternForm = .text
        default: break
        }
        return operand
    }

    private func find(
        _ name: String,
        in owner: ObjectDefinition,
        isQuoted: Bool,
        column: Int
    ) throws(ExpressionError) -> (field: FieldDefinition, slot: Int) {
        let rights = access(owner)
        func isKnown(_ field: FieldDefinition) -> Bool {
            guard let rights, let slot = owner.slot(of: field.name) else { return true }
            return !rights.hidden.contains(slot)
        }
        var found = owner.fields(calledByPeople: name)
        if rights != nil { found.removeAll { !isKnown($0) } }
        if let field = found.first, let slot = owner.slot(of: field.name) {
            // What may not be seen whole would be told piece by piece by conditions and orders.
            if rights?.masks[slot] != nil {
                throw ExpressionError(column: column, .expressionMasked, ["field": .label(field.label)])
            }
            guard found.count == 1 else {
                throw ExpressionError(
                    column: column,
                    .fieldsOfOneName,
                    ObjectDefinition.namesOfOne(name, found.map(\.name.rawValue))
                )
            }
            return (field, slot)
        }
        var hint: Message.Argument = isQuoted ? .message(Message(.expressionUseSingleQuotes)) : .text("")
        if let nearest = owner.nameNearest(to: name, among: isKnown) {
            hint = .message(Message(.expressionDidYouMean, ["name": .text(nearest)]))
        }
        // Names are mostly typed as they are listed; a word of one's own language is more often a value.
        if !isQuoted, name.contains(where: { !$0.isASCII }) {
            hint = .message(Message(.expressionQuoteText, ["hint": hint, "text": .text(name)]))
        }
        throw ExpressionError(
            column: column,
            .expressionUnknownField,
            ["object": .label(owner.label), "field": .text(name), "hint": hint]
        )
    }

    // MARK: - Kinds

    /// The operand as a number with its scale.
    func number(_ operand: Operand) throws(ExpressionError) -> (node: Number, scale: Int) {
        switch operand.kind {
        case .number(let node, let scale): return (node, scale)
        case .null: return (.constant(nil), 0)
        case .text(.constant) where operand.literal != nil:
            guard let value = LenientInput.plainNumber(operand.literal ?? "") else {
                throw unreadable(operand, .kindNumber)
            }
            let (units, scale) = Self.trimmed(value)
            return (.constant(units), scale)
        default: throw needs(.kindNumber, operand)
        }
    }

    /// The operand as a whole number.
    func integer(_ operand: Operand) throws(ExpressionError) -> Number {
        let (node, scale) = try number(operand)
        guard scale == 0 else { throw needs(.kindInteger, operand) }
        return node
    }

    /// The operand as a text.
    func text(_ operand: Operand) throws(ExpressionError) -> TextTerm {
        switch operand.kind {
        case .text(let node): return node
        case .null: return .constant(nil)
        default: throw needs(.kindText, operand)
        }
    }

    /// The operand as a day; a moment becomes its day in the company's time zone.
    func day(_ operand: Operand) throws(ExpressionError) -> Day {
        switch operand.kind {
        case .day(let node): return node
        case .moment(let node): return .of(node, zone)
        case .null: return .constant(nil)
        case .text where operand.literal != nil:
            guard let date = try? LenientInput.date(operand.literal ?? "") else {
                throw unreadable(operand, .kindDate)
            }
            return .constant(date)
        default: throw needs(.kindDate, operand)
        }
    }

    /// The operand as a condition.
    func condition(_ operand: Operand) throws(ExpressionError) -> Condition {
        switch operand.kind {
        case .condition(let node): return node
        case .null: return .constant(nil)
        case .text where operand.literal != nil:
            guard let value = try? LenientInput.boolean(operand.literal ?? "") else {
                throw unreadable(operand, .kindCondition)
            }
            return .constant(value)
        default: throw needs(.kindCondition, operand)
        }
    }

    func needs(_ expected: MessageKey, _ operand: Operand) -> ExpressionError {
        ExpressionError(
            column: operand.column,
            .expressionNeeds,
            ["expected": .message(Message(expected)), "found": operand.kindName]
        )
    }

    func unreadable(_ operand: Operand, _ expected: MessageKey) -> ExpressionError {
        ExpressionError(
            column: operand.column,
            .expressionUnreadable,
            ["text": .text(operand.literal ?? ""), "expected": .message(Message(expected))]
        )
    }
}
