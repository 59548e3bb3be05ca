import CRMModel
import CRMRecords

extension LuaReview {
    /// Fields that objects do not have, where it is certain which object is meant: an object that is written out in the same
    /// call, the record of a hook, validator or code rule.
    func fieldProblems(_ source: Source) -> [PlatformError] {
        guard source.scopes.isWhole, !source.isTest else { return [] }
        var problems: [PlatformError] = []
        for index in uses(ofCRM: source) {
            guard let name = source.token(index + 2), source.token(index + 1)?.isSign(".") == true, name.kind == .name
            else { continue }
            let arguments = LuaArguments(source.tokens, behind: index + 3).ranges
            problems += calls(name.text, arguments, source)
        }
        return problems + ofRecords(source)
    }

    // MARK: - Calls that name their object

    private func calls(_ function: String, _ arguments: [Range<Int>], _ source: Source) -> [PlatformError] {
        guard let first = text(arguments.first, source), let object = self.object(first.text, of: function) else {
            return []
        }
        switch function {
        case "create", "update": return keys(arguments.dropFirst().first, of: object, source)
        case "options", "label", "code_rule":
            return [text(arguments.dropFirst().first, source).flatMap { field($0, of: object, source) }].compactMap(
                \.self
            )
        case "find", "each", "count":
            var found = expression(arguments.dropFirst().first, of: object, source)
            for entry in entries(arguments.dropFirst(2).first, source) where entry.key?.text == "sort" {
                found += sort(entry.value, of: object, source)
            }
            return found
        case "aggregate":
            return entries(arguments.dropFirst().first, source).flatMap { entry -> [PlatformError] in
                switch entry.key?.text {
                case "where": expression(entry.value, of: object, source)
                case "group":
                    text(entry.value, source) != nil
                        ? expression(entry.value, of: object, source)
                        : entries(entry.value, source).flatMap { expression($0.value, of: object, source) }
                case "measures": entries(entry.value, source).flatMap { measured($0.value, of: object, source) }
                default: []
                }
            }
        default: return []
        }
    }

    private func object(_ text: String, of function: String) -> ObjectDefinition? {
        let name = function == "update" ? String(text.prefix { $0 != "/" }) : text
        return try? catalog.object(calledByPeople: name)
    }

    /// The text that a range is, nil when it is anything more or else.
    private func text(_ range: Range<Int>?, _ source: Source) -> LuaTokens.Token? {
        guard let range, range.count == 1, let token = source.token(range.lowerBound), token.kind == .string,
            !token.text.contains("\\")
        else { return nil }
        return token
    }

    private func entries(_ range: Range<Int>?, _ source: Source) -> [LuaArguments.Entry] {
        guard let range, source.token(range.lowerBound)?.isSign("{") == true else { return [] }
        return LuaArguments.entries(source.tokens, range)
    }

    /// The keys of a table of fields, and those of the child rows in it.
    private func keys(_ range: Range<Int>?, of object: ObjectDefinition, _ source: Source) -> [PlatformError] {
        entries(range, source).flatMap { entry -> [PlatformError] in
            guard let key = entry.key else { return [] }
            if let problem = field(key, of: object, source) { return [problem] }
            guard let known = FieldName(rawValue: key.text).flatMap({ object.field($0) }),
                case .children(let name, _) = known.type, let child = catalog.objects[name]
            else { return [] }
            return entries(entry.value, source).flatMap { keys($0.value, of: child, source) }
        }
    }

    private func field(
        _ token: LuaTokens.Token,
        of object: ObjectDefinition,
        _ source: Source
    ) -> PlatformError? {
        guard FieldName(rawValue: token.text).flatMap({ object.field($0) }) == nil else { return nil }
        return error(RecordType.unknownField(object, token.text).message, source.path, token.line)
    }

    // MARK: - Expressions

    /// What is wrong with an expression that is written out.
    ///
    /// What `?` stands for is known only when it runs, so of an
    /// expression with `?` only the names are told.
    private func expression(_ range: Range<Int>?, of object: ObjectDefinition, _ source: Source) -> [PlatformError] {
        text(range, source).map { expression($0.text, $0.line, of: object, source) } ?? []
    }

    /// As ``expression(_:of:_:)``, of what `sum(…)` and the like work on.
    private func measured(_ range: Range<Int>?, of object: ObjectDefinition, _ source: Source) -> [PlatformError] {
        guard let token = text(range, source), let open = token.text.firstIndex(of: "("), token.text.last == ")" else {
            return []
        }
        let inner = String(token.text[token.text.index(after: open)...].dropLast())
        return expression(inner, token.line, of: object, source)
    }

    private func expression(
        _ text: String,
        _ line: Int,
        of object: ObjectDefinition,
        _ source: Source
    ) -> [PlatformError] {
        guard !TextNormalisation.isBlank(text) else { return [] }
        var isCertain = true
        do throws(ExpressionError) {
            let parsed = try Expression.parse(text)
            isCertain = parsed.placeholders == 0
            let nothing = [Value](repeating: .null, count: parsed.placeholders)
            _ = try parsed.check(against: object, in: catalog, parameters: nothing)
            return []
        } catch {
            let ofNames: [MessageKey] = [.expressionUnknownField, .expressionUnknownFunction, .expressionNotReference]
            guard isCertain || ofNames.contains(where: { error.message.key == $0 }) else { return [] }
            return [self.error(error.message, source.path, line)]
        }
    }

    private func sort(_ range: Range<Int>, of object: ObjectDefinition, _ source: Source) -> [PlatformError] {
        guard let token = text(range, source), let keys = try? Query.parseSort(token.text) else { return [] }
        return keys.compactMap { key in
            do throws(ExpressionError) {
                _ = try Expression.parse(key.field).check(against: object, in: catalog)
                return nil
            } catch {
                guard error.message.key == .expressionUnknownField else { return nil }
                return self.error(error.message, source.path, token.line)
            }
        }
    }

    // MARK: - Records that hooks are given

    /// The functions of a file whose first parameter is a record, by number.
    private func functionsOfRecords(_ source: Source) -> [Int: ObjectDefinition] {
        var found: [Int: ObjectDefinition] = [:]
        if package.isWiredByPlaces, let result = source.scopes.result, let place = PluginPlace(path: source.path) {
            switch place.role {
            case .hook(let object, _), .validator(let object), .code(let object, _):
                found[result] = ObjectName(rawValue: object).flatMap { catalog.objects[$0] }
            case .report, .command, .template: break
            }
        }
        let handlers = ["on": 2, "validate": 1, "code_rule": 2]
        for index in uses(ofCRM: source) {
            guard let name = source.token(index + 2), let position = handlers[name.text] else { continue }
            let arguments = LuaArguments(source.tokens, behind: index + 3).ranges
            guard arguments.count > position,
                let number = source.scopes.functionNumbers[arguments[position].lowerBound],
                let object = text(arguments.first, source).flatMap({ ObjectName(rawValue: $0.text) })
            else { continue }
            found[number] = catalog.objects[object]
        }
        return found
    }

    private func ofRecords(_ source: Source) -> [PlatformError] {
        let functions = functionsOfRecords(source)
        guard !functions.isEmpty else { return [] }
        let isValidator = PluginPlace(path: source.path).map { place in
            if case .validator = place.role { return true }
            return false
        }
        var problems: [PlatformError] = []
        for place in source.scopes.uses.keys.sorted() {
            guard let number = source.scopes.declaration(at: place) else { continue }
            let declaration = source.scopes.declarations[number]
            guard !declaration.isAssigned, let parameter = declaration.parameter,
                let object = functions[parameter.function]
            else { continue }
            if parameter.place == 0 {
                problems += members(behind: place, of: object, source)
            } else if parameter.place == 1, isValidator == true {
                // fail("field", text)
                let arguments = LuaArguments(source.tokens, behind: place + 1).ranges
                if let name = text(arguments.first, source) {
                    problems += [field(name, of: object, source)].compactMap(\.self)
                }
            }
        }
        return problems
    }

    /// What follows a record: `.customer.name`, `:changed("name")`.
    private func members(behind place: Int, of object: ObjectDefinition, _ source: Source) -> [PlatformError] {
        guard let sign = source.token(place + 1), let name = source.token(place + 2), name.kind == .name else {
            return []
        }
        if sign.isSign(":") {
            guard RecordType.methodNames.contains(name.text) else {
                guard FieldName(rawValue: name.text).flatMap({ object.field($0) }) == nil else { return [] }
                let hint = Self.near(name.text, RecordType.methodNames.sorted())
                let message = Message(.reviewNoMethod, ["name": .text(name.text), "hint": hint])
                return [error(message, source.path, name.line)]
            }
            guard RecordType.fieldMethods.contains(name.text) else { return [] }
            let arguments = LuaArguments(source.tokens, behind: place + 3).ranges
            return [text(arguments.first, source).flatMap { field($0, of: object, source) }].compactMap(\.self)
        }
        guard sign.isSign(".") else { return [] }
        if let known = FieldName(rawValue: name.text).flatMap({ object.field($0) }) {
            guard case .reference(let target, _) = known.type, let next = catalog.objects[target] else { return [] }
            return members(behind: place + 2, of: next, source)
        }
        guard !RecordType.methodNames.contains(name.text) else { return [] }
        return [field(name, of: object, source)].compactMap(\.self)
    }
}

extension MessageKey {
    static let reviewNoMethod = MessageKey(
        "review.no_method",
        zhCN: "记录没有方法「{name}」{hint}",
        zhTW: "記錄沒有方法「{name}」{hint}",
        en: "records have no method \"{name}\"{hint}"
    )
}
