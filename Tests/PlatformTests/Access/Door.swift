/// Every way by which records are read or written.
///
/// A new one is put here; the compiler then asks for what it does and what it must show. `DoorListTests` compares the list
/// with what the sessions, the platform and scripts offer.
enum Door: String, CaseIterable, Sendable {
    // Sessions: reading
    case get, require, find, findFields, findJSON, forEach, count, aggregate, groupByHop, sort, sortByHop, filterByHop
    case filterByHidden, sortByMasked, filterByName, namesOfNobody, titles, records, children, history, historyOfDeleted
    case lastTitle, search, searchHiddenField, searchReferences, match, matchNumber, matchTitle, numbers
    case writtenReference, shownReference, mark, recognised, codeCounters, deletionPlan, cursor
    // Sessions: writing
    case create, createUnique, createDuplicate, createReference, createReferenceByText, createForOther, createUnwritable
    case createHiddenField, updateByRule, update, updateHidden, updateShared, moveAway, takeOver, delete, deleteHidden
    case deleteShared, deleteObstacle, childRows, foreignChildRow, idempotency, objections
    // Explanations and rehearsals
    case explain, rehearsalDiff
    // Scripts
    case luaGet, luaFind, luaEach, luaCount, luaAggregate, luaHistory, luaCreate, luaUpdate, luaDelete, luaChildren
    case luaTable, luaReferences, luaAsSystem, luaSettle
    // What plugins offer
    case report, reportWithoutRight, command, commandAsSystem, print, printHidden
    // Files
    case exportCSV, exportJSON, exportJSONLines, exportXLSX, exportFields, importRows, importByKey
}
