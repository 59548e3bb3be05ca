import CRMModel
import CRMRecords
import Foundation
import Testing

/// Hostile texts stay values or are refused; they never become SQL.
@Suite struct InjectionTests {
    let fixture: QueryFixture

    init() throws {
        fixture = try QueryFixture()
    }

    /// The cells of the hostile import file, and what is known from elsewhere, each alone and within quotes and brackets.
    static let hostile: [String] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Corpus/bad-input/csv/56_sql_values.csv")
        let cells = ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(whereSeparator: \.isNewline)
            .flatMap { $0.split(separator: ",").map(String.init) }.filter { $0.contains { "'\"%;(\\".contains($0) } }
        let known = [
            "'", "''", "\"", "\\", "--", "/*", "*/", ";", "x'; DROP TABLE obj_customer; --", "' OR 1=1 --",
            "\" OR \"\"=\"", "1); DELETE FROM obj_customer; --", "a\" , (SELECT 'owned') AS \"b", "name\" --", "id; --",
            "0x414141", "char(39)", "sqlite_master", "(SELECT sql FROM sqlite_master)", "randomblob(1000000000)",
            "name COLLATE NOCASE", "rowid", "t0.name", "obj_customer.name", "`name`", "[name]", "?1", ":name", "@name",
            "$name",
            "ATTACH DATABASE 'x' AS y", "load_extension('x')", "name = name", "\u{2019} OR 1=1 --",
            "\u{FF07} OR 1=1 --",
            "\u{2BC}", "%' ESCAPE '", "\0", "a\0b", "\u{202E}", "𝐧𝐚𝐦𝐞",
        ]
        var all: Set<String> = Set(cells + known)
        for text in cells + known {
            all.insert("'" + text + "'")
            all.insert("\"" + text + "\"")
            all.insert("(" + text + ")")
        }
        return all.sorted()
    }()

    private var tables: Int {
        (try? fixture.rows("SELECT count(*) FROM sqlite_master WHERE type = 'table'", [], [.integer]).first?.first?
            .integerValue)
            .flatMap { Int($0) } ?? 0
    }

    @Test("there are a hundred hostile texts and more")
    func size() { #expect(Self.hostile.count >= 150) }

    @Test("as a value a hostile text is bound and changes nothing of the statement")
    func values() throws {
        let compiler = fixture.compiler()
        let model = try compiler.compile(
            Query(
                object: fixture.customer.name,
                filter: "name = 'x' or note = ? or name in ('x', ?)",
                parameters: [.text("x"), .text("y")]
            )
        )
        for text in Self.hostile {
            let literal = text.replacing("'", with: "''")
            let query = Query(
                object: fixture.customer.name,
                filter: "name = '\(literal)' or note = ? or name in ('\(literal)', ?)",
                parameters: [.text(text), .text(text + "?")]
            )
            let compiled = try compiler.compile(query)
            #expect(compiled.sql == model.sql)
            let form = ComparableForm.code.form(of: text)
            #expect(compiled.bindings.prefix(2) == [.text(form), .text(form)])
            #expect(try fixture.ids("name = ? and name <> ?", [.text(text), .text(text)]) == [])
            #expect(try fixture.ids("name contains ? and id < 0", [.text(text)]) == [])
        }
        #expect(try fixture.ids(nil).count == FixtureRows.count)
    }

    @Test("as a name a hostile text is refused or is read as an expression, never as SQL")
    func names() throws {
        let compiler = fixture.compiler()
        let before = tables
        for text in Self.hostile {
            if let name = ObjectName(rawValue: text) { #expect(fixture.catalog.objects[name] == nil) }
            if let name = FieldName(rawValue: text) { #expect(fixture.customer.slot(of: name) == nil) }
            for sql in [
                try? compiler.compile(Query(object: fixture.customer.name, sort: [SortKey(field: text)])).sql,
                try? compiler.compile(Query(object: fixture.customer.name, filter: text)).sql,
                try? compiler.compile(Query(object: fixture.customer.name, filter: "\"\(text)\" = 1")).sql,
                try? compiler.compile(Query(object: fixture.customer.name, filter: "region.\(text) = 1")).sql,
                try? compiler.compile(
                    AggregateQuery(object: fixture.customer.name, groups: [.init(alias: text, expression: "grade")])
                ).sql,
                try? compiler.compile(
                    AggregateQuery(
                        object: fixture.customer.name,
                        measures: [.init(alias: "n", expression: "sum(\(text))")]
                    )
                ).sql,
            ] {
                guard let sql else { continue }
                #expect(Self.isOurs(sql), "\(text): \(sql)")
            }
        }
        #expect(tables == before)
    }

    /// Whether a statement is made of nothing but names of the catalog, marks and words that the compiler writes.
    private static func isOurs(_ sql: String) -> Bool {
        let words = sql.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
        let known: Set<String> = [
            "SELECT", "FROM", "AS", "WHERE", "ORDER", "BY", "DESC", "LIMIT", "GROUP", "t0", "t1", "LEFT", "JOIN", "ON",
            "AND",
            "OR", "NOT", "sum", "obj_customer", "obj_region", "IS", "NULL", "crm_form_code",
        ]
        let fields: Set<String> = [
            "id", "version", "created_at", "created_by", "updated_at", "updated_by", "name", "grade", "status",
            "district", "area",
            "credit", "score", "rate", "visits", "active", "born", "visited", "note", "parent", "region", "owner",
            "title", "level",
        ]
        return words.allSatisfy { known.contains($0) || fields.contains($0) || Int($0) != nil }
            && !sql.contains(";") && !sql.contains("--") && !sql.contains("'")
    }

    @Test("a forged cursor is refused or bound")
    func cursors() throws {
        let compiler = fixture.compiler()
        for text in Self.hostile {
            let model = try compiler.compile(Query(object: fixture.customer.name, sort: [SortKey(field: "name")]))
            let cursor = model.cursor { $0 == model.sortColumns[0] ? .text(text) : .integer(1) }
            let query = Query(
                object: fixture.customer.name,
                sort: [SortKey(field: "name")],
                after: PageCursor(token: cursor.token)
            )
            #expect(Self.isOurs(try compiler.compile(query).sql))
            #expect(PageCursor(token: text) == nil)
        }
    }
}
