/// The SQL of the platform's own tables.
enum SystemTables {
    /// The tables of format version 1.
    ///
    /// Released: never changed, only followed by further steps.
    static let version1 = [
        "CREATE TABLE crmMeta(key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        """
        CREATE TABLE crmObject(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, plugin TEXT, \
        isArchived INTEGER NOT NULL DEFAULT 0) STRICT
        """,
        """
        CREATE TABLE crmField(id INTEGER PRIMARY KEY AUTOINCREMENT, objectID INTEGER NOT NULL, name TEXT NOT NULL, \
        plugin TEXT, isArchived INTEGER NOT NULL DEFAULT 0, storage TEXT NOT NULL, UNIQUE(objectID, name)) STRICT
        """,
        """
        CREATE TABLE crmPlugin(id TEXT PRIMARY KEY NOT NULL, version TEXT NOT NULL, position INTEGER NOT NULL, \
        manifest TEXT NOT NULL, isEnabled INTEGER NOT NULL, linkPath TEXT, installedAt TEXT NOT NULL) \
        STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE crmPluginFile(plugin TEXT NOT NULL, path TEXT NOT NULL, content BLOB NOT NULL, \
        sha256 TEXT NOT NULL, PRIMARY KEY(plugin, path)) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE crmLayer(layer TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, \
        PRIMARY KEY(layer, kind, name)) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE crmCounter(rule TEXT NOT NULL, scope TEXT NOT NULL, period TEXT NOT NULL, next INTEGER NOT NULL, \
        PRIMARY KEY(rule, scope, period)) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE crmAudit(id INTEGER PRIMARY KEY, at TEXT NOT NULL, userID INTEGER NOT NULL, origin TEXT NOT NULL, \
        unit INTEGER NOT NULL, objectID INTEGER NOT NULL, recordID INTEGER NOT NULL, action TEXT NOT NULL, \
        changes TEXT) STRICT
        """,
        "CREATE INDEX crmAuditByRecord ON crmAudit(objectID, recordID)",
        """
        CREATE TABLE crmIdempotency(key TEXT PRIMARY KEY NOT NULL, at TEXT NOT NULL, objectID INTEGER NOT NULL, \
        recordID INTEGER NOT NULL, version INTEGER NOT NULL) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE crmDuplicateKey(objectID INTEGER NOT NULL, rule TEXT NOT NULL, key TEXT NOT NULL, \
        recordID INTEGER NOT NULL, PRIMARY KEY(objectID, rule, key, recordID)) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX crmDuplicateKeyByRecord ON crmDuplicateKey(objectID, recordID)",
        """
        CREATE TABLE crmSearchDirty(objectID INTEGER NOT NULL, recordID INTEGER NOT NULL, \
        PRIMARY KEY(objectID, recordID)) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE crmSearchDocument(id INTEGER PRIMARY KEY, objectID INTEGER NOT NULL, recordID INTEGER NOT NULL, \
        text TEXT NOT NULL, tokens TEXT NOT NULL, UNIQUE(objectID, recordID)) STRICT
        """,
        """
        CREATE VIRTUAL TABLE crmSearch USING fts5(tokens, content='crmSearchDocument', content_rowid='id', \
        tokenize='ascii', columnsize=0)
        """,
    ]

    /// What format version 4 adds: jobs and the log.
    ///
    /// Released: never changed, only followed by further steps.
    static let version4 = [
        """
        CREATE TABLE crmJob(id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, uniqueKey TEXT UNIQUE, plugin TEXT, \
        payload TEXT NOT NULL, principal TEXT NOT NULL, origin TEXT NOT NULL, language TEXT NOT NULL, \
        createdAt TEXT NOT NULL, state TEXT NOT NULL, runAt TEXT NOT NULL, attempts INTEGER NOT NULL, \
        lockedUntil TEXT, lockedBy TEXT, error TEXT) STRICT
        """,
        "CREATE INDEX crmJobByState ON crmJob(state, runAt)",
        """
        CREATE TABLE crmLog(id INTEGER PRIMARY KEY, at TEXT NOT NULL, level TEXT NOT NULL, plugin TEXT NOT NULL, \
        record TEXT, text TEXT NOT NULL) STRICT
        """,
    ]

    /// What format version 5 adds: why somebody acted for the system.
    ///
    /// Released: never changed, only followed by further steps.
    static let version5 = ["ALTER TABLE crmAudit ADD COLUMN reason TEXT"]

    /// The text of a table as the engine keeps it when a statement has added a column; nil for other statements.
    static func altered(_ table: String, by statement: String) -> String? {
        guard statement.hasPrefix("ALTER TABLE "), let added = statement.firstRange(of: " ADD COLUMN "),
            let end = table.lastIndex(of: ")")
        else { return nil }
        return table[..<end] + ", " + statement[added.upperBound...] + table[end...]
    }

    /// The name of what a statement makes.
    static func name(of statement: String) -> String {
        let words = statement.prefix { $0 != "(" }.split(separator: " ")
        let noun = words.firstIndex { $0 == "TABLE" || $0 == "INDEX" } ?? 0
        return noun + 1 < words.count ? String(words[noun + 1]) : ""
    }
}
