package import CRMModel
package import CRMStorage

package import struct Foundation.TimeZone

/// Everything a save needs to know of an object, made ready once for each catalog: slots instead of names,
/// statements, compiled rules.
///
/// Used by one worker at a time.
package final class ObjectPlan {
    /// The object.
    package let object: ObjectDefinition
    /// The statements over its table.
    package let table: RecordTable

    /// A validation rule with its condition made ready; a class, so that to go through the rules copies none of them.
    final class Rule {
        let rule: ValidationRule
        let condition: CheckedExpression

        init(rule: ValidationRule, condition: CheckedExpression) {
            self.rule = rule
            self.condition = condition
        }
    }

    /// A reference field.
    struct Reference {
        let slot: Int
        let target: ObjectName
    }

    /// A picklist field with its dictionary.
    struct Picklist {
        let slot: Int
        let dictionary: PicklistSet
        let controller: Int?
    }

    /// A duplicate rule by slots.
    struct Duplicates {
        let rule: DuplicateRule
        let key: RecordKey
    }

    /// The fields by slot, as saves go through them.
    let fields: [FieldPlan]
    /// The slot that the field at each position of the last input had; inputs mostly come in the same order.
    private var slotHints: [Int] = []

    let rules: [Rule]
    let references: [Reference]
    let picklists: [Picklist]
    let duplicates: [Duplicates]
    /// The keys besides those of duplicate rules.
    let keys: [RecordKey]
    /// The unique slots that are looked up by the comparable form of their value.
    let keyedSlots: Set<Int>
    /// The way from stage to stage, nil for an object without.
    let stage: StagePlan?
    let requiredSlots: [Int]
    let uniqueSlots: [Int]
    let codeSlots: [(slot: Int, rule: CodeRule?)]
    /// The keys of the counters of `codeSlots`: by rule, never by the text they make, so that two rules share none.
    let counterKeys: [String]
    let searchableSlots: [Int]
    /// The searchable references of other objects to this one, which are found by its title.
    let titleReaders: [(object: ObjectName, objectID: Int64, field: FieldName)]
    let auditedSlots: [Int]
    let defaults: [(slot: Int, value: DefaultValue)]
    let auditKeys: [JSONKey]
    let patterns: [Int: TextPattern]

    init(
        _ object: ObjectDefinition,
        catalog: Catalog,
        dialect: any SQLDialect,
        timeZone: TimeZone
    ) throws(PlatformError) {
        self.object = object
        table = RecordTable(object, dialect: dialect)
        let fields = object.fields
        self.fields = fields.map(FieldPlan.init)
        requiredSlots = fields.indices.filter { fields[$0].isRequired }
        uniqueSlots = fields.indices.filter { fields[$0].isUnique }
        searchableSlots = object.searchableSlots
        titleReaders = catalog.referrers(to: object.name).compactMap { referrer in
            let field = referrer.object.fields[referrer.slot]
            return field.isSearchable ? (referrer.object.name, referrer.object.stableID, field.name) : nil
        }
        auditedSlots = fields.indices.filter { fields[$0].isAudited && fields[$0].storage != .none }
        auditKeys = fields.map { JSONKey($0.name.rawValue) }
        defaults = fields.indices.compactMap { slot in fields[slot].defaultValue.map { (slot, $0) } }
        references = fields.indices.compactMap { slot in
            if case .reference(let target, _) = fields[slot].type { Reference(slot: slot, target: target) } else { nil }
        }
        let pairs = fields.indices.compactMap { slot -> Picklist? in
            guard let dictionary = catalog.dictionary(of: fields[slot]) else { return nil }
            return Picklist(
                slot: slot,
                dictionary: dictionary,
                controller: fields[slot].dependsOn.flatMap { object.slot(of: $0) }
            )
        }
        picklists = pairs.filter { $0.controller == nil } + pairs.filter { $0.controller != nil }
        codeSlots = fields.indices.compactMap { slot in
            guard case .autoNumber = fields[slot].type else { return nil }
            return (slot, object.codeRule(of: fields[slot]))
        }
        counterKeys = codeSlots.map { _, rule in rule.map { CounterTable.key(object.stableID, $0.name) } ?? "" }
        duplicates = object.duplicateRules.map { rule in
            Duplicates(rule: rule, key: RecordKey.key(of: rule, object))
        }
        keys = RecordKey.keys(of: object, in: catalog)
        keyedSlots = Set(keys.compactMap { $0.purpose == .unique && $0.parts.count == 1 ? $0.parts[0].slot : nil })
        var patterns: [Int: TextPattern] = [:]
        for slot in fields.indices {
            // `FieldReader` has refused patterns that do not compile.
            if let source = fields[slot].pattern, let pattern = try? TextPattern(source) { patterns[slot] = pattern }
        }
        self.patterns = patterns
        var rules: [Rule] = []
        for rule in object.validationRules {
            let condition = try Self.condition(
                rule.condition,
                of: (rule.name, rule.plugin),
                object,
                catalog: catalog,
                timeZone: timeZone
            )
            rules.append(Rule(rule: rule, condition: condition))
        }
        self.rules = rules
        stage = try StagePlan(object, catalog: catalog, timeZone: timeZone)
    }

    /// The condition of a rule or gate, made ready.
    ///
    /// - Throws: `invalidMetadata` naming the rule.
    static func condition(
        _ text: String,
        of rule: (name: ElementName, plugin: PluginID?),
        _ object: ObjectDefinition,
        catalog: Catalog,
        timeZone: TimeZone
    ) throws(PlatformError) -> CheckedExpression {
        do {
            return try Expression.parse(text).checkCondition(
                against: object,
                in: catalog,
                timeZone: timeZone
            )
        } catch {
            throw PlatformError(
                .invalidMetadata,
                error.message,
                context: ErrorContext(object: object.name, rule: rule.name.rawValue, plugin: rule.plugin)
            )
        }
    }

    /// The slot of a field that stands at a position of an input, nil when there is no such field.
    func slot(of field: FieldName, at position: Int) -> Int? {
        if position < slotHints.count {
            let hint = slotHints[position]
            if hint >= 0, fields[hint].name == field { return hint }
        }
        let slot = object.slot(of: field)
        if position < fields.count {
            while slotHints.count <= position { slotHints.append(-1) }
            slotHints[position] = slot ?? -1
        }
        return slot
    }
}

/// The plans of a catalog's objects, made when first needed.
package final class ObjectPlans {
    /// The catalog.
    package let catalog: Catalog
    let dialect: any SQLDialect
    /// The company's time zone.
    let timeZone: TimeZone
    /// Its days, which are remembered.
    let days: ZoneDays
    private var plans: [ObjectName: ObjectPlan] = [:]
    /// The queries asked lately.
    var queries = CompiledQueries()
    /// The rights that were asked for lately.
    var rights = KnownRights()
    /// Room for the JSON of history entries, kept from one to the next.
    var historyWriter = JSONWriter()

    /// Makes an empty collection for a catalog; rules find the days of moments in the time zone.
    package init(catalog: Catalog, dialect: any SQLDialect, timeZone: TimeZone) {
        self.catalog = catalog
        self.dialect = dialect
        self.timeZone = timeZone
        days = ZoneDays.of(timeZone)
    }

    /// The plan of an object.
    ///
    /// - Throws: `notFound` when the catalog has no such object; `invalidMetadata` when a rule does not compile.
    package func plan(_ name: ObjectName) throws(PlatformError) -> ObjectPlan {
        if let plan = plans[name] { return plan }
        let plan = try ObjectPlan(
            catalog.object(name),
            catalog: catalog,
            dialect: dialect,
            timeZone: timeZone
        )
        plans[name] = plan
        return plan
    }
}
