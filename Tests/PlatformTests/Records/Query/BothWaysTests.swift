import CRMModel
import CRMRecords
import TestSupport
import Testing

/// The database and the evaluator must give the same for every expression and every record.
@Suite(.tags(.fuzz))
struct BothWaysTests {
    let fixture: QueryFixture

    init() throws {
        fixture = try QueryFixture()
    }

    @Test("the table is as large as promised")
    func size() {
        #expect(Set(ExpressionTable.all).count >= 300)
        #expect(fixture.customers.count >= 60)
    }

    @Test("an expression has the same value in SQL and in memory", arguments: ExpressionTable.all)
    func sameValue(text: String) throws {
        let checked = try fixture.check(text)
        let expected = outcome { try fixture.customers.map { try fixture.evaluate(checked, $0) } }
        let actual = outcome { try fixture.valuesInSQL(text) }
        #expect(actual == expected)
        guard case .success(let values) = expected, checked.storage == .boolean else { return }
        let wanted = zip(fixture.customers, values).filter { $1 == .boolean(true) }.map { $0.0.id }
        #expect(try fixture.ids(text) == wanted)
    }

    @Test("random expressions have the same value in SQL and in memory", arguments: 0..<8)
    func random(part: Int) throws {
        var generator = ExpressionGenerator(seed: 20_261_121 + UInt64(part))
        var compared = 0
        var tooDeep = 0
        while compared < 320 {
            let text = generator.expression()
            let checked: CheckedExpression
            do {
                checked = try fixture.check(text)
            } catch let error as ExpressionError where error.message.key?.id == "expression.day_range" {
                // Outside the calendar for every record: refused by both.
                guard case .failure = outcome({ try fixture.valuesInSQL(text) }) else {
                    Issue.record("only one way refuses \(text)")
                    return
                }
                continue
            } catch {
                Issue.record("the generator made what does not check: \(text)")
                return
            }
            let expected = outcome { try fixture.customers.map { try fixture.evaluate(checked, $0) } }
            let actual = outcome { try fixture.valuesInSQL(text) }
            if actual == .failure("query.too_deep") {
                // What the database's parser cannot hold is refused, not answered wrongly.
                tooDeep += 1
                continue
            }
            if actual != expected {
                Issue.record("\(text)\n\(difference(expected, actual))")
                return
            }
            compared += 1
        }
        #expect(tooDeep < 10)
    }

    private enum Outcome: Equatable {
        case success([Value])
        case failure(String)
    }

    private func outcome(_ body: () throws -> [Value]) -> Outcome {
        do {
            return .success(try body())
        } catch let error as PlatformError {
            return .failure(error.message.key?.id ?? error.code.description)
        } catch {
            return .failure("\(error)")
        }
    }

    private func difference(_ expected: Outcome, _ actual: Outcome) -> String {
        guard case .success(let wanted) = expected, case .success(let given) = actual else {
            return "memory \(expected), SQL \(actual)"
        }
        return zip(fixture.customers, zip(wanted, given)).filter { $1.0 != $1.1 }.prefix(3)
            .map { "record \($0.id): memory \($1.0), SQL \($1.1)" }.joined(separator: "\n")
    }
}
