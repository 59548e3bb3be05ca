import CRMPlatform

extension DotCommand {
    private static let pageOptions: Set<String> = ["--sort", "--limit", "--fields", "--after"]

    /// The commands about objects and records.
    static let recordCommands: [DotCommand] = [
        DotCommand(".objects", "", .helpObjects) { interpreter, _ in try interpreter.session.listObjects() },
        DotCommand(".describe", "OBJECT [--wide]", .helpDescribe, [.object], flags: ["--wide"]) {
            interpreter,
            arguments in
            try interpreter.session.describe(
                try arguments.required(0, .shellTheObject),
                isWide: arguments.has("--wide")
            )
        },
        DotCommand(
            ".find",
            "OBJECT [EXPRESSION] [--sort F] [--limit N] [--fields A,B] [--after CURSOR] [--wide] [--block]",
            .helpFind,
            [.object, .expression],
            valued: pageOptions,
            flags: ["--wide", "--block"]
        ) { interpreter, arguments in
            var request = FindRequest(object: try arguments.required(0, .shellTheObject))
            request.expression = arguments.raw(from: 1)
            request.sort = arguments.option("--sort")
            request.fields = arguments.option("--fields")
            request.after = arguments.option("--after")
            if let limit = try arguments.number("--limit") { request.limit = Int(limit) }
            request.form = arguments.has("--block") ? .blocks : arguments.has("--wide") ? .wide : .table
            try interpreter.session.find(request)
        },
        DotCommand(".count", "OBJECT [EXPRESSION]", .helpCount, [.object, .expression]) { interpreter, arguments in
            try interpreter.session.count(
                try arguments.required(0, .shellTheObject),
                arguments.raw(from: 1)
            )
        },
        DotCommand(".show", "RECORD [--wide]", .helpShow, [.record], flags: ["--wide"]) { interpreter, arguments in
            try interpreter.session.show(try arguments.required(0, .shellTheRecord), isWide: arguments.has("--wide"))
        },
        DotCommand(
            ".history",
            "RECORD [--wide] [--block]",
            .helpHistory,
            [.record],
            flags: ["--wide", "--block"]
        ) { interpreter, arguments in
            try interpreter.session.history(
                try arguments.required(0, .shellTheRecord),
                as: arguments.has("--block") ? .blocks : arguments.has("--wide") ? .wide : .table
            )
        },
        DotCommand(
            ".search",
            "TEXT [--object OBJECT] [--limit N]",
            .helpSearch,
            [.text],
            valued: ["--object", "--limit"]
        ) { interpreter, arguments in
            _ = try arguments.required(0, .shellTheText)
            try interpreter.session.search(
                arguments.positional.joined(separator: " "),
                object: arguments.option("--object"),
                limit: Int(try arguments.number("--limit") ?? 20)
            )
        },
        DotCommand(".create", "OBJECT [FIELD=VALUE …]", .helpCreate, [.object, .assignments], flags: ["--explain"]) {
            interpreter,
            arguments in
            try create(interpreter, arguments, at: 0, explains: arguments.has("--explain"))
        },
        DotCommand(
            ".update",
            "RECORD FIELD=VALUE … [--version N]",
            .helpUpdate,
            [.record, .assignments],
            valued: ["--version"],
            flags: ["--explain"]
        ) { interpreter, arguments in
            try update(interpreter, arguments, at: 0, explains: arguments.has("--explain"))
        },
        DotCommand(
            ".delete",
            "RECORD [--version N] [--dry-run] [--explain] [--yes]",
            .helpDelete,
            [.record],
            valued: ["--version"],
            flags: ["--dry-run", "--explain", "--yes"]
        ) { interpreter, arguments in
            try delete(interpreter, arguments, at: 0, explains: arguments.has("--explain"))
        },
        DotCommand(
            ".explain",
            "create OBJECT FIELD=VALUE … | update RECORD FIELD=VALUE … | delete RECORD | LUA",
            .helpDotExplain,
            [.explained],
            valued: ["--version"]
        ) { interpreter, arguments in
            switch try arguments.required(0, .shellTheLine) {
            case "create", ".create": try create(interpreter, arguments, at: 1, explains: true)
            case "update", ".update": try update(interpreter, arguments, at: 1, explains: true)
            case "delete", ".delete": try delete(interpreter, arguments, at: 1, explains: true)
            default: try interpreter.explain(lua: arguments.raw(from: 0))
            }
        },
    ]

    private static func create(
        _ interpreter: Interpreter,
        _ arguments: DotArguments,
        at position: Int,
        explains: Bool
    ) throws {
        let object = try arguments.required(position, .shellTheObject)
        let values = Array(arguments.positional.dropFirst(position + 1))
        try interpreter.session.create(object, SaveRequest(assignments: values, explains: explains))
    }

    private static func delete(
        _ interpreter: Interpreter,
        _ arguments: DotArguments,
        at position: Int,
        explains: Bool
    ) throws {
        try interpreter.session.delete(
            try arguments.required(position, .shellTheRecord),
            DeletionRequest(
                version: try arguments.number("--version"),
                isDryRun: arguments.has("--dry-run"),
                isAgreed: arguments.has("--yes"),
                explains: explains
            )
        )
    }

    private static func update(
        _ interpreter: Interpreter,
        _ arguments: DotArguments,
        at position: Int,
        explains: Bool
    ) throws {
        let record = try arguments.required(position, .shellTheRecord)
        let request = SaveRequest(
            assignments: Array(arguments.positional.dropFirst(position + 1)),
            version: try arguments.number("--version"),
            explains: explains
        )
        try interpreter.session.update(record, request)
    }
}
