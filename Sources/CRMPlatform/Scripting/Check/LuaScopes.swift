/// Which names of a Lua source are local and which are global, found by its grammar without running it.
///
/// It takes sources that Lua has compiled; what it does not understand ends it, and then nothing is said of what follows.
package struct LuaScopes {
    /// A local name or a parameter.
    package struct Declaration {
        /// The name.
        package let name: String
        /// The place of its word; -1 for the `self` of a method.
        package let place: Int
        /// The function whose parameter it is, with the parameter's place from 0; nil for a local.
        package let parameter: (function: Int, place: Int)?
        /// The function that is its value from the beginning, nil for anything else.
        package fileprivate(set) var function: Int?
        /// Whether it is assigned after it was declared.
        package fileprivate(set) var isAssigned = false
    }

    /// What a name stands for where it is used.
    package enum Use {
        case local(Int)
        case global(isAssigned: Bool)
    }

    /// The locals and parameters in the order of the source.
    package private(set) var declarations: [Declaration] = []
    /// What names stand for, by the place of their word; members, keys and labels are not among them.
    package private(set) var uses: [Int: Use] = [:]
    /// The numbers of the functions by the place of the word `function`.
    package private(set) var functionNumbers: [Int: Int] = [:]
    /// The function that the file returns, nil when it returns something else.
    package private(set) var result: Int?
    /// Whether all of the source was understood.
    package private(set) var isWhole = true

    private let tokens: [LuaTokens.Token]
    private var index = 0
    private var functions = 0
    private var depth = 0
    private var scopes: [[String: Int]] = [[:]]

    /// Finds the names of a source.
    package init(_ tokens: [LuaTokens.Token]) {
        self.tokens = tokens
        block()
        if index < tokens.count { isWhole = false }
    }

    /// The declaration that a word uses, nil for globals and for what is no use of a name.
    package func declaration(at place: Int) -> Int? {
        if case .local(let declaration)? = uses[place] { return declaration }
        return nil
    }

    /// Whether a word is the global of that name.
    package func isGlobal(_ place: Int) -> Bool {
        if case .global? = uses[place] { return true }
        return false
    }

    // MARK: - Words

    private var token: LuaTokens.Token? { index < tokens.count ? tokens[index] : nil }

    private func isAt(_ text: String) -> Bool { token.map { $0.kind != .string && $0.text == text } ?? false }

    private func follows(_ text: String, after offset: Int = 1) -> Bool {
        let place = index + offset
        return place < tokens.count && tokens[place].kind == .sign && tokens[place].text == text
    }

    private mutating func take(_ text: String) -> Bool {
        guard isAt(text) else { return false }
        index += 1
        return true
    }

    /// Takes what must stand here, else gives up.
    private mutating func expect(_ text: String) {
        if !take(text) { giveUp() }
    }

    private mutating func giveUp() {
        isWhole = false
        index = tokens.count
    }

    private var isName: Bool { token.map { $0.kind == .name && !LuaTokens.keywords.contains($0.text) } ?? false }

    /// Takes a name and says where it stood.
    private mutating func name() -> Int? {
        guard isName else {
            giveUp()
            return nil
        }
        index += 1
        return index - 1
    }

    // MARK: - Scopes

    @discardableResult
    private mutating func declare(_ place: Int?, parameter: (function: Int, place: Int)? = nil) -> Int? {
        guard let place else { return nil }
        let name = tokens[place].text
        declarations.append(Declaration(name: name, place: place, parameter: parameter))
        scopes[scopes.count - 1][name] = declarations.count - 1
        return declarations.count - 1
    }

    private mutating func use(_ place: Int) {
        let name = tokens[place].text
        for scope in scopes.reversed() {
            guard let known = scope[name] else { continue }
            uses[place] = .local(known)
            return
        }
        uses[place] = .global(isAssigned: false)
    }

    private mutating func assign(_ place: Int) {
        switch uses[place] {
        case .local(let declaration): declarations[declaration].isAssigned = true
        case .global: uses[place] = .global(isAssigned: true)
        case nil: break
        }
    }

    private mutating func scoped(_ body: (inout Self) -> Void) {
        // As deep as Lua itself nests.
        guard depth < 220 else { return giveUp() }
        depth += 1
        scopes.append([:])
        body(&self)
        scopes.removeLast()
        depth -= 1
    }

    // MARK: - Statements

    private static let ends: Set<String> = ["end", "else", "elseif", "until"]

    private mutating func block() {
        while let token, !(token.kind == .name && Self.ends.contains(token.text)) { statement() }
    }

    private mutating func statement() {
        guard let token else { return }
        switch (token.kind, token.text) {
        case (.sign, ";"), (.name, "break"): index += 1
        case (.sign, "::"):
            index += 1
            _ = name()
            expect("::")
        case (.name, "goto"):
            index += 1
            _ = name()
        case (.name, "do"):
            index += 1
            scoped { $0.block() }
            expect("end")
        case (.name, "while"):
            index += 1
            expression()
            expect("do")
            scoped { $0.block() }
            expect("end")
        case (.name, "repeat"):
            index += 1
            scoped { scopes in
                scopes.block()
                scopes.expect("until")
                scopes.expression()
            }
        case (.name, "if"): condition()
        case (.name, "for"): loop()
        case (.name, "function"): namedFunction()
        case (.name, "local"): local()
        case (.name, "return"): giveBack()
        default: assignmentOrCall()
        }
    }

    private mutating func condition() {
        repeat {
            index += 1
            expression()
            expect("then")
            scoped { $0.block() }
        } while isAt("elseif")
        if take("else") { scoped { $0.block() } }
        expect("end")
    }

    private mutating func loop() {
        index += 1
        var names: [Int] = []
        repeat { if let place = name() { names.append(place) } } while take(",")
        guard isAt("=") || isAt("in") else { return giveUp() }
        index += 1
        expressions()
        expect("do")
        scoped { scopes in
            for place in names { scopes.declare(place) }
            scopes.block()
        }
        expect("end")
    }

    private mutating func namedFunction() {
        index += 1
        guard let place = name() else { return }
        use(place)
        var isMethod = false
        let isPlain = !isAt(".") && !isAt(":")
        while isAt(".") || isAt(":") {
            isMethod = isAt(":")
            index += 1
            _ = name()
        }
        if isPlain { assign(place) }
        functionBody(isMethod: isMethod)
    }

    private mutating func local() {
        index += 1
        if take("function") {
            let declaration = declare(name())
            let function = functionBody()
            if let declaration { declarations[declaration].function = function }
            return
        }
        var names: [Int] = []
        repeat {
            if let place = name() { names.append(place) }
            if take("<") {
                _ = name()
                expect(">")
            }
        } while take(",")
        var values: [Int?] = []
        if take("=") { values = expressions() }
        for (position, place) in names.enumerated() {
            guard let declaration = declare(place), position < values.count else { continue }
            declarations[declaration].function = values[position]
        }
    }

    private mutating func giveBack() {
        index += 1
        var value: Int?
        if let token, !isAt(";"), !(token.kind == .name && Self.ends.contains(token.text)) {
            let place = index
            value = expressions().first ?? nil
            // `return handler` gives the function that is the value of the local.
            if value == nil, index == place + 1, let declaration = declaration(at: place),
                !declarations[declaration].isAssigned
            {
                value = declarations[declaration].function
            }
        }
        _ = take(";")
        if scopes.count == 1 { result = value }
    }

    private mutating func assignmentOrCall() {
        var targets: [Int] = []
        if let target = suffixed() { targets.append(target) }
        while take(",") { if let target = suffixed() { targets.append(target) } }
        guard take("=") else { return }
        expressions()
        for target in targets { assign(target) }
    }

    // MARK: - Expressions

    /// The functions that the expressions of a list are, nil for those that are something else.
    @discardableResult
    private mutating func expressions() -> [Int?] {
        var values: [Int?] = []
        repeat { values.append(expression()) } while take(",")
        return values
    }

    private static let binary: Set<String> = [
        "+", "-", "*", "/", "//", "%", "^", "&", "|", "~", "<", ">", "<=", ">=", "==", "~=", "..", "and", "or",
    ]

    private var isAtBinary: Bool { token.map { $0.kind != .string && Self.binary.contains($0.text) } ?? false }

    /// Takes an expression; gives the function when it is one and nothing else.
    @discardableResult
    private mutating func expression() -> Int? {
        guard depth < 220 else {
            giveUp()
            return nil
        }
        depth += 1
        defer { depth -= 1 }
        var function = operand()
        while isAtBinary {
            function = nil
            // Shifts are two signs.
            let isShift = isAt("<") && follows("<") || isAt(">") && follows(">")
            index += isShift ? 2 : 1
            operand()
        }
        return function
    }

    @discardableResult
    private mutating func operand() -> Int? {
        while isAt("not") || isAt("-") || isAt("#") || isAt("~") { index += 1 }
        guard let token else {
            giveUp()
            return nil
        }
        switch (token.kind, token.text) {
        case (.number, _), (.string, _): index += 1
        case (.name, "nil"), (.name, "true"), (.name, "false"): index += 1
        case (.sign, "..") where follows("."): index += 2
        case (.sign, "{"): table()
        case (.name, "function"):
            index += 1
            return functionBody()
        default: suffixed()
        }
        return nil
    }

    private mutating func table() {
        expect("{")
        while !isAt("}"), token != nil {
            if take("[") {
                expression()
                expect("]")
                expect("=")
            } else if isName, follows("=") {
                index += 2
            }
            expression()
            guard take(",") || take(";") else { break }
        }
        expect("}")
    }

    /// Takes a name or an expression in brackets with what follows; gives the place of a name that stands alone.
    @discardableResult
    private mutating func suffixed() -> Int? {
        var alone: Int?
        if take("(") {
            expression()
            expect(")")
        } else if let place = name() {
            use(place)
            alone = place
        }
        while let token {
            switch (token.kind, token.text) {
            case (.sign, "."):
                index += 1
                _ = name()
            case (.sign, "["):
                index += 1
                expression()
                expect("]")
            case (.sign, ":"):
                index += 1
                _ = name()
                guard isAt("(") || isAt("{") || self.token?.kind == .string else {
                    giveUp()
                    return nil
                }
                continue
            case (.sign, "("):
                index += 1
                if !isAt(")") { expressions() }
                expect(")")
            case (.sign, "{"): table()
            case (.string, _): index += 1
            default: return alone
            }
            alone = nil
        }
        return alone
    }

    /// Takes parameters and body of a function; gives its number.
    @discardableResult
    private mutating func functionBody(isMethod: Bool = false) -> Int {
        let number = functions
        functions += 1
        if index > 0 { functionNumbers[index - 1] = number }
        expect("(")
        scoped { scopes in
            var place = 0
            if isMethod {
                scopes.declarations.append(Declaration(name: "self", place: -1, parameter: (number, 0)))
                scopes.scopes[scopes.scopes.count - 1]["self"] = scopes.declarations.count - 1
                place = 1
            }
            while scopes.isName || scopes.isAt("..") {
                if scopes.take("..") {
                    scopes.expect(".")
                } else {
                    scopes.declare(scopes.name(), parameter: (number, place))
                    place += 1
                }
                guard scopes.take(",") else { break }
            }
            scopes.expect(")")
            scopes.block()
        }
        expect("end")
        return number
    }
}
