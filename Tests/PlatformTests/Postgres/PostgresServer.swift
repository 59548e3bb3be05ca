import CPq
import Foundation

/// A server of its own for the tests of this process: in a folder that nobody else sees, reached over a socket in it, not as
/// root, and gone with the process.
final class PostgresServer: Sendable {
    /// What went wrong, in the words of whoever said it.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The one server, started when it is first asked for.
    static let shared: Result<PostgresServer, Failure> = Result { () throws(Failure) in try PostgresServer() }

    /// Where the socket is.
    let folder: String
    /// Kept open; the server ends when it is closed, by whatever ends this process.
    private let lifeline: Pipe

    private init() throws(Failure) {
        folder = NSTemporaryDirectory() + "crm-pg-" + UUID().uuidString.prefix(8)
        lifeline = Pipe()
        let bin = try Self.programs()
        let isRoot = geteuid() == 0
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", Self.script, "server", folder, bin, isRoot ? "root" : ""]
        process.standardInput = lifeline
        process.standardOutput = output
        do { try process.run() } catch { throw Failure(description: "\(error)") }
        var said = ""
        while !said.hasSuffix("ready\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw Failure(description: "the server did not start: \(said)") }
            said += String(decoding: data, as: UTF8.self)
        }
    }

    /// Where the programs of the newest server lie.
    private static func programs() throws(Failure) -> String {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let newest = versions.compactMap { Int($0) }.max()
        guard let newest else {
            throw Failure(description: "there is no server; scripts/install-system-packages installs it")
        }
        return "\(root)/\(newest)/bin"
    }

    /// Makes a cluster, starts it, says so, waits until nobody is at the other end of its input, and takes all away again.
    private static let script = """
        dir="$1"; bin="$2"; as=""
        mkdir -m 700 "$dir" || exit 1
        if [ "$3" = root ]; then
            chown postgres "$dir"
            as="setpriv --reuid=postgres --regid=postgres --clear-groups"
        fi
        cd "$dir" || exit 1
        $as "$bin/initdb" -D "$dir/data" -U crm -A trust -E UTF8 --locale=C --no-sync >"$dir/said" 2>&1 \\
            || { cat "$dir/said"; exit 1; }
        $as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/data/log" \\
            -o "-c listen_addresses='' -c fsync=off -c timezone=UTC -k $dir" start >"$dir/said" 2>&1 </dev/null \\
            || { cat "$dir/said" "$dir/data/log"; exit 1; }
        echo ready
        exec >/dev/null 2>&1
        cat
        $as "$bin/pg_ctl" -D "$dir/data" -m immediate stop
        rm -rf "$dir"
        """
}

/// A connection to a database of the server.
final class PostgresConnection {
    /// How a database orders texts of itself; ours must not depend on it.
    enum Order: String, CaseIterable {
        case bytes = "LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
        case unicodeBytes = "LOCALE_PROVIDER libc LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
        case chinese = "LOCALE_PROVIDER icu ICU_LOCALE 'zh' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
    }

    private let connection: OpaquePointer

    /// A connection to a new database.
    static func new(_ order: Order) throws -> PostgresConnection {
        let server = try PostgresServer.shared.get()
        let name = "t" + UUID().uuidString.lowercased().replacing("-", with: "")
        let administrator = try PostgresConnection(to: "postgres", of: server)
        try administrator.run(["CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' \(order.rawValue)"])
        return try PostgresConnection(to: name, of: server)
    }

    init(to database: String, of server: PostgresServer) throws {
        guard let connection = PQconnectdb("host=\(server.folder) user=crm dbname=\(database)") else {
            throw PostgresServer.Failure(description: "no memory")
        }
        self.connection = connection
        guard PQstatus(connection) == CONNECTION_OK else {
            throw PostgresServer.Failure(description: String(cString: PQerrorMessage(connection)))
        }
        // Notices are nobody's affair.
        _ = PQsetNoticeProcessor(connection, { _, _ in }, nil)
    }

    deinit { PQfinish(connection) }

    /// Runs a statement with parameters as texts, and gives its rows as texts.
    @discardableResult
    func rows(_ sql: String, _ parameters: [String?] = []) throws -> [[String?]] {
        let texts = parameters.map { text in text.flatMap { strdup($0) } }
        defer { for text in texts { free(text) } }
        let pointers = texts.map { text in text.map { UnsafePointer($0) } }
        let result = PQexecParams(connection, sql, Int32(pointers.count), nil, pointers, nil, nil, 0)
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
            throw PostgresServer.Failure(description: String(cString: PQresultErrorMessage(result)) + " in " + sql)
        }
        let columns = 0..<PQnfields(result)
        return (0..<PQntuples(result)).map { row in
            columns.map { column in
                PQgetisnull(result, row, column) == 1 ? nil : String(cString: PQgetvalue(result, row, column))
            }
        }
    }

    /// Runs several statements.
    func run(_ statements: [String]) throws {
        for statement in statements { try rows(statement) }
    }
}
