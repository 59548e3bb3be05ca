extension ExpressionChecker {
    /// Checks a node that is a condition by its form.
    func condition(_ node: SyntaxNode) throws(ExpressionError) -> Condition {
        switch node.kind {
        case .not(let operand): return .not(try condition(try check(operand)))
        case .all(let parts): return .all(try conditions(parts))
        case .any(let parts): return .any(try conditions(parts))
        case .compare(let comparison, let left, let right):
            return try compare(comparison, try check(left), try check(right), column: node.column)
        case .between(let operand, let low, let high):
            let value = try check(operand)
            return .all([
                try compare(.greaterOrEqual, value, try check(low), column: node.column),
                try compare(.lessOrEqual, value, try check(high), column: node.column),
            ])
        case .among(let operand, let list):
            let value = try check(operand)
            var items: [Operand] = []
            for item in list { items.append(try check(item)) }
            return try among(value, items, column: node.column)
        case .pattern(let kind, let operand, let pattern):
            return try matches(kind, try check(operand), try check(pattern))
        case .empty(let operand): return empty(try check(operand))
        default: return try condition(try check(node))
        }
    }

    private func conditions(_ nodes: [SyntaxNode]) throws(ExpressionError) -> [Condition] {
        var result: [Condition] = []
        for node in nodes { result.append(try condition(try check(node))) }
        return result
    }

    // MARK: - Two values

    private func compare(
        _ comparison: Comparison,
        _ left: Operand,
        _ right: Operand,
        column: Int
    ) throws(ExpressionError) -> Condition {
        if let dictionary = left.dictionary, right.literal != nil {
            return try compareOption(comparison, left, right, dictionary)
        }
        if let dictionary = right.dictionary, left.literal != nil {
            return try compareOption(comparison.flipped, right, left, dictionary)
        }
        if let named = named(left, by: right) ?? named(right, by: left), comparison == .equal || comparison == .notEqual
        {
            return comparison == .equal ? named : .not(named)
        }
        if comparison == .equal || comparison == .notEqual, let coded = try coded(left, right) {
            return comparison == .equal ? coded : .not(coded)
        }
        let left = try adapted(left, to: right)
        let right = try adapted(right, to: left)
        try refuseUsers(left, right, column: column)
        switch (left.kind, right.kind) {
        case (.null, _), (_, .null): return .constant(nil)
        case (.number(let left, let leftScale), .number(let right, let rightScale)):
            return Self.compare(comparison, left, leftScale, right, rightScale)
        case (.text(let leftTerm), .text(let rightTerm)):
            guard comparison == .equal || comparison == .notEqual, let form = commonForm(left, right) else {
                return .texts(comparison, leftTerm, rightTerm)
            }
            return .texts(comparison, Self.formed(leftTerm, form), Self.formed(rightTerm, form))
        case (.day(let left), .day(let right)): return .days(comparison, left, right)
        case (.moment(let left), .moment(let right)): return .moments(comparison, left, right)
        case (.day, .moment), (.moment, .day): return .days(comparison, try day(left), try day(right))
        case (.condition(let left), .condition(let right)): return .conditions(comparison, left, right)
        default:
            throw ExpressionError(
                column: column,
                .expressionMismatch,
                ["left": left.kindName, "right": right.kindName]
            )
        }
    }

    /// The number of a user is no number of a record, nor is that of a record of another object.
    private func refuseUsers(_ left: Operand, _ right: Operand, column: Int) throws(ExpressionError) {
        guard let target = left.reference ?? right.reference else { return }
        let other = left.reference == nil ? left : right
        let label = catalog.objects[target]?.label ?? LocalizedText(target.rawValue)
        if let reference = other.reference {
            guard reference != target else { return }
            throw ExpressionError(
                column: column,
                .expressionOtherRecords,
                ["left": .label(label), "right": .label(catalog.objects[reference]?.label ?? label)]
            )
        }
        if case .number(let number, _) = other.kind, number.isUser {
            throw ExpressionError(column: column, .expressionUserForRecord, ["object": .label(label)])
        }
    }

    private static func formed(_ term: TextTerm, _ form: ComparableForm) -> TextTerm {
        guard case .constant(let text) = term else { return .form(form, term) }
        return .constant(text.map(form.form(of:)))
    }

    /// Whether a code that the platform gives is the one that a text means; nil when neither is such a code or the other
    /// is no text.
    private func coded(_ left: Operand, _ right: Operand) throws(ExpressionError) -> Condition? {
        let (operand, literal) = left.isCode ? (left, right.literal) : (right, left.literal)
        guard operand.isCode, let literal else { return nil }
        return .textAmong(try text(operand), Self.ascending(TextNormalisation.codes(literal)), orUnknown: false)
    }

    /// The moment that a text means, by the clocks of the company.
    private func moment(_ literal: String, _ operand: Operand) throws(ExpressionError) -> Instant {
        do throws(InputProblem) {
            return try LenientInput.instant(literal, in: zone.zone)
        } catch {
            let reason: Message
            switch error {
            case .skippedTime: reason = Message(.inputSkippedTime, ["zone": .text(zone.name)])
            case .momentRange: reason = Message(.inputMomentRange)
            case .notATime: reason = Message(.inputNotATime)
            default: throw unreadable(operand, .kindInstant)
            }
            throw ExpressionError(
                column: operand.column,
                .expressionMoment,
                ["text": .text(literal), "problem": .message(reason)]
            )
        }
    }

    /// The operand, when it is a text literal, read as a value of the kind of the other.
    func adapted(_ operand: Operand, to other: Operand) throws(ExpressionError) -> Operand {
        guard let literal = operand.literal else { return operand }
        var result = operand
        switch other.kind {
        case .text, .null: return operand
        case .number:
            if let reference = other.reference {
                result.kind = .number(.constant(try recordNumber(operand, of: reference)), scale: 0)
            } else {
                let (node, scale) = try number(operand)
                result.kind = .number(node, scale: scale)
            }
        case .day: result.kind = .day(try day(operand))
        case .condition: result.kind = .condition(try condition(operand))
        case .moment:
            // A text with a time is a moment, one without is a day.
            if literal.contains(where: { $0 == ":" || $0 == "：" || $0 == "时" || $0 == "点" || $0 == "T" }) {
                result.kind = .moment(.constant(try moment(literal, operand)))
            } else {
                result.kind = .day(try day(operand))
            }
        }
        result.literal = nil
        return result
    }

    /// Whether a reference leads to a record that people name by a text: by its code, another unique text or its title; nil
    /// when the text is a number or the identity of a record, or the other side no reference.
    private func named(_ operand: Operand, by literal: Operand) -> Condition? {
        guard let text = literal.literal, let target = operand.reference, Int64(text) == nil, RecordID(text) == nil,
            let object = catalog.objects[target], case .number(let number, _) = operand.kind,
            case .field(let source, _) = number,
            source.slot != SystemField.id.slot
        else { return nil }
        names.add(NamedRecord(object: target, text: text))
        let hops = source.hops + [FieldPath.Hop(slot: source.slot, target: object)]
        let rights = access(object)
        let conditions = object.fields.indices.compactMap { slot -> Condition? in
            let field = object.fields[slot]
            guard slot == object.titleSlot || field.isUnique, rights?.isPlain(slot) != false else { return nil }
            let term = TextTerm.field(.remote(FieldPath(hops: hops, slot: slot)))
            let form: ComparableForm
            switch field.type {
            case .text: form = slot == object.titleSlot ? .name : .code
            case .autoNumber:
                let among = Condition.textAmong(term, Self.ascending(TextNormalisation.codes(text)), orUnknown: false)
                return .first([among, .constant(false)])
            case .email: form = .email
            case .phone: form = .phone
            default: return nil
            }
            let wanted = form.form(of: text)
            // A record without the value is not called so.
            return wanted.isEmpty
                ? nil : .first([.texts(.equal, .form(form, term), .constant(wanted)), .constant(false)])
        }
        // Without a record it is not known what it is called.
        return conditions.isEmpty ? nil : .any(conditions + [.settled(number, false)])
    }

    /// Reads `42` or `customer/42`.
    private func recordNumber(_ operand: Operand, of object: ObjectName) throws(ExpressionError) -> Int64 {
        let text = operand.literal ?? ""
        if let number = Int64(text) { return number }
        guard let record = RecordID(text), record.object == object else { throw unreadable(operand, .kindReference) }
        return record.number
    }

    private static func compare(
        _ comparison: Comparison,
        _ left: Number,
        _ leftScale: Int,
        _ right: Number,
        _ rightScale: Int
    ) -> Condition {
        if case .constant(let units) = right {
            return compare(comparison, left, leftScale, constant: units, rightScale)
        }
        if case .constant(let units) = left {
            return compare(comparison.flipped, right, rightScale, constant: units, leftScale)
        }
        let scale = max(leftScale, rightScale)
        return .numbers(comparison, raised(left, by: scale - leftScale), raised(right, by: scale - rightScale))
    }

    /// Compares with a constant in the units of the other side, without losing a place of the constant.
    private static func compare(
        _ comparison: Comparison,
        _ number: Number,
        _ scale: Int,
        constant: Int64?,
        _ constantScale: Int
    ) -> Condition {
        guard let constant else { return .constant(nil) }
        if constantScale <= scale {
            let factor = ExactArithmetic.power(scale - constantScale)
            let (units, overflow) = constant.multipliedReportingOverflow(by: factor)
            guard overflow else { return .numbers(comparison, number, .constant(units)) }
            // The constant lies beyond every number that the other side can be.
            switch comparison {
            case .equal: return .settled(number, false)
            case .notEqual: return .settled(number, true)
            case .less, .lessOrEqual: return .settled(number, constant > 0)
            case .greater, .greaterOrEqual: return .settled(number, constant < 0)
            }
        }
        let factor = ExactArithmetic.power(constantScale - scale)
        let below = constant / factor - (constant % factor < 0 ? 1 : 0)
        if constant % factor == 0 { return .numbers(comparison, number, .constant(below)) }
        // The constant lies between `below` and the next number that the other side can be.
        switch comparison {
        case .equal: return .settled(number, false)
        case .notEqual: return .settled(number, true)
        case .less, .lessOrEqual: return .numbers(.lessOrEqual, number, .constant(below))
        case .greater, .greaterOrEqual: return .numbers(.greater, number, .constant(below))
        }
    }

    static func raised(_ number: Number, by places: Int) -> Number {
        guard places > 0 else { return number }
        if case .constant(let units) = number {
            return .constant(units.map { ExactArithmetic.multiply($0, ExactArithmetic.power(places)) })
        }
        return .raise(number, places: places)
    }

    // MARK: - Options of dictionaries

    /// The stored values that people mean by a text, as when they fill the field in; options of one label that belong to
    /// different values of another field are all meant.
    private func options(_ operand: Operand, _ dictionary: PicklistSet) throws(ExpressionError) -> [String] {
        let text = operand.literal ?? ""
        switch dictionary.match(text) {
        case .one(let option): return [option.value]
        case .several(let found):
            var parents: Set<String> = []
            let areApart = found.allSatisfy { option in
                !option.parents.isEmpty && option.parents.allSatisfy { parents.insert($0).inserted }
            }
            if areApart { return found.map(\.value) }
            throw ExpressionError(
                column: operand.column,
                .expressionAmbiguousOption,
                [
                    "dictionary": .label(dictionary.label), "value": .text(TextLimits.shown(text, characters: 60)),
                    "options": .label(LocalizedText.list(found.map(\.named), limit: 30)),
                ]
            )
        case .none:
            if operand.isParameter { return [text] }
            throw ExpressionError(
                column: operand.column,
                .expressionUnknownOption,
                [
                    "dictionary": .label(dictionary.label), "value": .text(TextLimits.shown(text, characters: 60)),
                    "options": .label(LocalizedText.list(dictionary.options.map(\.named), limit: 30)),
                ]
            )
        }
    }

    private func compareOption(
        _ comparison: Comparison,
        _ field: Operand,
        _ literal: Operand,
        _ dictionary: PicklistSet
    ) throws(ExpressionError) -> Condition {
        let values = try options(literal, dictionary)
        let term = try text(field)
        switch (comparison, values.count) {
        case (.equal, 2...): return .textAmong(term, Self.ascending(values), orUnknown: false)
        case (.notEqual, 2...): return .not(.textAmong(term, Self.ascending(values), orUnknown: false))
        default: return .texts(comparison, term, .constant(values[0]))
        }
    }

    static func ascending(_ texts: [String]) -> [String] {
        var result: [String] = []
        for text in texts.sorted(by: { ByteOrder.compare($0, $1) < 0 }) {
            if let last = result.last, ByteOrder.compare(last, text) == 0 { continue }
            result.append(text)
        }
        return result
    }

    // MARK: - Lists, patterns, emptiness

    private func among(
        _ value: Operand,
        _ items: [Operand],
        column: Int
    ) throws(ExpressionError) -> Condition {
        if case .text(let term) = value.kind, value.literal == nil, items.allSatisfy({ $0.isNull || $0.literal != nil })
        {
            if let form = value.form, case let forms = items.compactMap(\.literal).map(form.form(of:)),
                forms.allSatisfy({ !$0.isEmpty })
            {
                return .textAmong(.form(form, term), Self.ascending(forms), orUnknown: items.contains(where: \.isNull))
            }
            var texts: [String] = []
            for item in items where !item.isNull {
                if let dictionary = value.dictionary {
                    texts += try options(item, dictionary)
                } else if value.isCode {
                    texts += TextNormalisation.codes(item.literal ?? "")
                } else {
                    texts.append(item.literal ?? "")
                }
            }
            return .textAmong(term, Self.ascending(texts), orUnknown: items.contains(where: \.isNull))
        }
        let isNamed = items.contains { named(value, by: $0) != nil }
        if !isNamed, case .number(let number, let scale) = value.kind,
            let constants = try constants(items, comparedWith: value, scale: scale)
        {
            return .numberAmong(number, constants, orUnknown: items.contains(where: \.isNull))
        }
        var parts: [Condition] = []
        for item in items { parts.append(try compare(.equal, value, item, column: column)) }
        return .any(parts)
    }

    /// The constants of a list in units of a scale, ascending, without those that no number of that scale equals; nil
    /// when not all items are constants.
    private func constants(
        _ items: [Operand],
        comparedWith value: Operand,
        scale: Int
    ) throws(ExpressionError) -> [Int64]? {
        var result: Set<Int64> = []
        for item in items where !item.isNull {
            guard case .number(.constant(let units?), let itemScale) = try adapted(item, to: value).kind else {
                return nil
            }
            guard let exact = FixedDecimal(units: units, scale: itemScale)?.rescaledExactly(to: scale) else { continue }
            result.insert(exact.units)
        }
        return result.sorted()
    }

    /// The stored values of the options of which a label or an alias fits a pattern: people know options by these.
    private func options(
        _ kind: PatternKind,
        _ literal: String,
        _ dictionary: PicklistSet
    ) -> [String] {
        let written = LikePattern(Self.pattern(kind, LikePattern.escaped(literal), literal))
        let formed = Self.pattern(kind, literal, as: .option).map { LikePattern($0) }
        return dictionary.options.filter { option in
            (Array(option.label.texts.values) + option.aliases).contains { name in
                written.matches(name) || formed?.matches(ComparableForm.option.form(of: name)) == true
            }
        }.map(\.value)
    }

    private func matches(
        _ kind: PatternKind,
        _ operand: Operand,
        _ pattern: Operand
    ) throws(ExpressionError) -> Condition {
        if let target = operand.reference, let object = catalog.objects[target], operand.literal == nil {
            let title = object.fields[object.titleSlot]
            throw ExpressionError(column: operand.column, .expressionReferenceText, ["title": .label(title.label)])
        }
        let term = try text(operand)
        guard !pattern.isNull else { return .constant(nil) }
        guard let literal = pattern.literal else {
            throw ExpressionError(column: pattern.column, .expressionConstantPattern)
        }
        guard literal.utf8.count <= 10_000 else {
            throw ExpressionError(
                column: pattern.column,
                .expressionTooLong,
                ["limit": .text(String(Expression.maximumLength))]
            )
        }
        let written = LikePattern(Self.pattern(kind, LikePattern.escaped(literal), literal))
        if let dictionary = operand.dictionary {
            let values = options(kind, literal, dictionary)
            guard !values.isEmpty else { return .matches(term, written) }
            return .any([.matches(term, written), .textAmong(term, Self.ascending(values), orUnknown: false)])
        }
        let formed: String? =
            switch operand.patternForm {
            case .phone: Self.phonePattern(kind, literal)
            case let form?: Self.pattern(kind, literal, as: form)
            case nil: nil
            }
        guard let form = operand.patternForm, let formed else { return .matches(term, written) }
        return .any([.matches(term, written), .matches(.form(form, term), LikePattern(formed))])
    }

    /// The pattern over the comparable forms of texts; nil when nothing of it would be left, and for a pattern of `like`
    /// that counts signs or has blanks beside its `%`, which are meant as they stand.
    private static func pattern(_ kind: PatternKind, _ literal: String, as form: ComparableForm) -> String? {
        guard kind == .like else {
            let formed = form.form(of: literal)
            return formed.isEmpty ? nil : pattern(kind, LikePattern.escaped(formed), formed)
        }
        var result = ""
        var piece = String.UnicodeScalarView()
        var isEscaped = false
        func take() -> Bool {
            let text = String(piece)
            let formed = form.form(of: text)
            guard text == TextNormalisation.trimmed(text), formed.isEmpty == text.isEmpty else { return false }
            result += LikePattern.escaped(formed)
            piece.removeAll()
            return true
        }
        for scalar in literal.unicodeScalars {
            switch scalar {
            case _ where isEscaped:
                piece.append(scalar)
                isEscaped = false
            case "\\": isEscaped = true
            case "_": return nil
            case "%":
                guard take() else { return nil }
                result += "%"
            default: piece.append(scalar)
            }
        }
        guard !isEscaped, take(), result.contains(where: { $0 != "%" }) else { return nil }
        return result
    }

    private static func pattern(_ kind: PatternKind, _ escaped: String, _ pattern: String) -> String {
        switch kind {
        case .like: pattern
        case .contains: "%" + escaped + "%"
        case .startsWith: escaped + "%"
        case .endsWith: "%" + escaped
        }
    }

    /// The pattern over the digits of telephone numbers, without what people write between them; nil when it has no digit.
    private static func phonePattern(_ kind: PatternKind, _ literal: String) -> String? {
        var digits = ""
        for scalar in TextNormalisation.halfWidth(literal).unicodeScalars {
            switch scalar {
            case "0"..."9": digits.unicodeScalars.append(scalar)
            case "+" where digits.isEmpty: digits = "+"
            case "%" where kind == .like, "_" where kind == .like: digits.unicodeScalars.append(scalar)
            case "%", "_", "\\": return nil
            default: break
            }
        }
        for prefix in ["+86", "0086"] where digits.hasPrefix(prefix) { digits.removeFirst(prefix.utf8.count) }
        guard digits.unicodeScalars.contains(where: { "0"..."9" ~= $0 }) else { return nil }
        return pattern(kind, digits, digits)
    }

    /// How two texts are compared when one of them is a field that has a form; nil for as they stand, also when nothing
    /// of a literal would be left to compare.
    private func commonForm(_ left: Operand, _ right: Operand) -> ComparableForm? {
        guard let form = left.form ?? right.form, (left.form ?? form) == (right.form ?? form) else { return nil }
        for literal in [left.literal, right.literal] {
            if let literal, form.form(of: literal).isEmpty { return nil }
        }
        return form
    }

    private func empty(_ operand: Operand) -> Condition {
        switch operand.kind {
        case .null: .constant(true)
        case .condition(let node): .emptyCondition(node)
        case .number(let node, _): .emptyNumber(node)
        case .text(let node): .emptyText(node)
        case .day(let node): .emptyDay(node)
        case .moment(let node): .emptyMoment(node)
        }
    }
}
