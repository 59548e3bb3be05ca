import Foundation
import TestSupport
import Testing

/// Whether the list of doors is all of them: what sessions, the platform and scripts offer is a door, or is named here as none.
@Suite("The list of doors")
struct DoorListTests {
    /// The functions of sessions, each with its door; nil for those that read and write no records for anybody.
    private static let session: [String: Door?] = [
        "get": .get, "counted": .luaGet, "referred": .luaReferences, "require": .require, "find": .find,
        "findJSON": .findJSON, "forEach": .forEach,
        "count": .count, "aggregate": .aggregate, "namesOfNobody": .namesOfNobody, "titles": .titles,
        "readMoments": nil,
        "records": .records, "children": .children, "history": .history, "countedHistory": .luaHistory,
        "lastTitle": .lastTitle, "search": .search, "match": .match, "resolve": .match, "numbers": .numbers,
        "writtenReference": .writtenReference, "shownReference": .shownReference, "marks": .mark,
        "recognised": .recognised, "edits": .importRows, "isTaken": .importRows, "codeCounters": .codeCounters,
        "codeCounter": .codeCounters, "setCodeCounter": .codeCounters, "deletionPlan": .deletionPlan,
        "create": .create, "update": .update, "delete": .delete, "objections": .objections, "prepared": .importByKey,
        "changes": .rehearsalDiff, "assign": .create, "value": .importByKey, "asSystem": .luaAsSystem,
        "settle": .luaSettle, "settleAll": .luaSettle, "runAfterCommit": nil, "catchUpSearch": nil,
        "checkBooks": nil, "acting": nil, "describeLoss": nil, "hasSettleHooks": nil, "mayRewrite": nil,
        "isForeign": nil, "isOurs": nil, "lose": nil, "requireEveryRight": nil,
        "requireRight": nil, "requireWhole": nil, "savepoint": nil, "seesWhole": nil,
        "size": nil, "visibleFields": nil,
    ]

    /// The functions of the platform; nil for those that give out sessions or are of the file, its plugins and their settings.
    private static let platform: [String: Door?] = [
        "search": .search, "explain": .explain, "rehearsalDiff": .rehearsalDiff, "runReport": .report,
        "runCommand": .command, "printRecord": .print, "runScript": .luaGet, "exportRecords": .exportCSV,
        "importRecords": .importRows, "read": nil, "write": nil, "attempt": nil, "makeConsole": nil,
        "backup": nil, "beginRehearsal": nil, "check": nil, "checkPlugin": nil,
        "close": nil, "codeCounter": nil, "codeCounters": nil, "commitRehearsal": nil,
        "create": nil, "disablePlugins": nil, "enablePlugins": nil, "inMemory": nil,
        "installPlugin": nil, "installPlugins": nil, "forgetJobs": nil, "interrupt": nil, "isStub": nil,
        "jobCounts": nil, "jobs": nil, "lastSaved": nil, "linkPlugin": nil,
        "log": nil, "newPlugin": nil, "open": nil, "planInstall": nil,
        "planUninstall": nil, "purgeJobs": nil, "reload": nil, "retryJobs": nil,
        "reviewPlugin": nil, "rollbackRehearsal": nil, "runJobs": nil, "sandbox": nil,
        "acceptLoss": nil, "setCodeCounter": nil, "setSettings": nil, "settings": nil, "settingsHistory": nil,
        "startPlugins": nil, "stubs": nil, "takeAfterCommitErrors": nil,
        "takeSuspensions": nil, "testPlugin": nil, "uninstallPlugin": nil,
        "unlinkPlugin": nil, "unreadableJobs": nil,
    ]

    /// The functions of scripts.
    private static let scripts: [String: Door?] = [
        "get": .luaGet, "create": .luaCreate, "update": .luaUpdate, "delete": .luaDelete, "settle": .luaSettle,
        "history": .luaHistory, "as_system": .luaAsSystem, "find": .luaFind, "each": .luaEach, "count": .luaCount,
        "aggregate": .luaAggregate, "report": .report, "print_template": .print, "command": .command,
        "on": nil, "validate": nil, "code_rule": nil, "reject": nil, "stages": nil,
        "label": nil, "options": nil, "company": nil, "date.today": nil,
        "date.now": nil, "date.parse": nil, "date.date": nil, "decimal": nil,
        "words": nil, "json.encode": nil, "json.decode": nil, "t": nil,
        "log.debug": nil, "log.info": nil, "log.warn": nil, "log.error": nil,
    ]

    /// The functions of a type in the sources below a folder.
    private func functions(of type: String, below folder: String, _ levels: [String]) throws -> Set<String> {
        let root = Repository.path(folder)
        let files = try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".swift") }
        var names: Set<String> = []
        for file in files {
            var isInside = false
            for line in try String(contentsOfFile: root + "/" + file, encoding: .utf8).split(separator: "\n") {
                if let first = line.first, first.isLetter {
                    isInside =
                        line.firstMatch(of: #/^(?:public |package |final )*(?:extension|class|struct|enum) (\w+)/#)
                        .map { $0.output.1 == type } ?? isInside
                }
                guard isInside, line.hasPrefix("    "), !line.hasPrefix("     "),
                    let match = line.firstMatch(
                        of: #/^ +(?:@discardableResult )?(public|package) (?:static )?func (\w+)/#
                    ),
                    levels.contains(String(match.output.1))
                else { continue }
                names.insert(String(match.output.2))
            }
        }
        return names
    }

    @Test("has every function of sessions")
    func sessions() throws {
        let found = try functions(of: "RecordSession", below: "Sources/CRMPlatform/Records", ["public", "package"])
        #expect(found == Set(Self.session.keys), "\(found.symmetricDifference(Self.session.keys))")
    }

    @Test("has every function of the platform")
    func platforms() throws {
        let found = try functions(of: "Platform", below: "Sources/CRMPlatform/Platform", ["public"])
        #expect(found == Set(Self.platform.keys), "\(found.symmetricDifference(Self.platform.keys))")
    }

    @Test("has every function of scripts")
    func functionsOfScripts() throws {
        let stub = try String(contentsOfFile: Repository.path("lua/meta/crm.lua"), encoding: .utf8)
        let found = Set(stub.matches(of: #/\nfunction crm\.([\w.]+)/#).map { String($0.output.1) })
        #expect(found == Set(Self.scripts.keys), "\(found.symmetricDifference(Self.scripts.keys))")
    }
}
