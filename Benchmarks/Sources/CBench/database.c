#include "internal.h"
#include <unistd.h>

static const char *schema =
    "CREATE TABLE customer(id INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, email TEXT, phone TEXT,"
    " website TEXT, industry TEXT, status TEXT NOT NULL, owner_id INTEGER, country TEXT, city TEXT, street TEXT,"
    " postcode TEXT, employees INTEGER, revenue INTEGER, credit_limit INTEGER, rating INTEGER, is_active INTEGER,"
    " notes TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);"
    "CREATE TABLE audit_log(id INTEGER PRIMARY KEY, at TEXT NOT NULL, user_id INTEGER, object TEXT NOT NULL,"
    " record_id INTEGER NOT NULL, action TEXT NOT NULL, changes TEXT);"
    "CREATE TABLE sequence(name TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;"
    "INSERT INTO sequence VALUES('customer',1);"
    "CREATE UNIQUE INDEX customer_code ON customer(code);"
    "CREATE INDEX customer_email ON customer(email);"
    "CREATE INDEX customer_owner ON customer(owner_id);"
    "CREATE INDEX customer_status_updated ON customer(status, updated_at);"
    "CREATE INDEX audit_record ON audit_log(object, record_id);";

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, 0)) die(db, sql);
  return statement;
}

BenchDatabase *bench_open(const char *path, int is_full, int is_fresh) {
  BenchDatabase *base = calloc(1, sizeof *base);
  // One thread uses the connection, so SQLite need not lock it.
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(path, &base->db, flags, 0)) die(base->db, path);
  sqlite3 *db = base->db;
  char settings[256];
  snprintf(settings, sizeof settings,
           "PRAGMA journal_mode=WAL; PRAGMA synchronous=%s; PRAGMA cache_size=-65536; PRAGMA foreign_keys=ON;"
           "PRAGMA wal_autocheckpoint=10000",
           is_full ? "FULL" : "NORMAL");
  if (sqlite3_exec(db, settings, 0, 0, 0)) die(db, "settings");
  if (is_fresh && sqlite3_exec(db, schema, 0, 0, 0)) die(db, "schema");
  base->begin = prepare(db, "BEGIN IMMEDIATE");
  base->commit = prepare(db, "COMMIT");
  base->number = prepare(db, "UPDATE sequence SET next=next+1 WHERE name='customer' RETURNING next-1");
  base->insert = prepare(
      db, "INSERT INTO customer(code,name,email,phone,website,industry,status,owner_id,country,city,street,postcode,"
          "employees,revenue,credit_limit,rating,is_active,notes,created_at,updated_at) "
          "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  base->history = prepare(
      db, "INSERT INTO audit_log(at,user_id,object,record_id,action,changes) VALUES(?,1,'customer',?,?,?)");
  base->get = prepare(db, "SELECT * FROM customer WHERE id=?");
  base->update = prepare(db, "UPDATE customer SET status=?, rating=?, updated_at=? WHERE id=?");
  base->page = prepare(db, "SELECT * FROM customer WHERE status='active' ORDER BY updated_at DESC LIMIT 50");
  base->deep = prepare(db, "SELECT * FROM customer WHERE status='active' AND updated_at<'2026-06-15T00:00:00Z' "
                           "ORDER BY updated_at DESC LIMIT 50");
  base->lua = bench_lua_open(&base->validate);
  return base;
}

void bench_close(BenchDatabase *base) {
  sqlite3_stmt *all[] = {base->begin, base->commit, base->number, base->insert, base->history,
                         base->get,   base->update, base->page,   base->deep};
  for (unsigned i = 0; i < sizeof all / sizeof *all; i++) sqlite3_finalize(all[i]);
  sqlite3_close(base->db);
  lua_close(base->lua);
  free(base);
}

sqlite3 *bench_handle(BenchDatabase *base) { return base->db; }

// Every column of the rows a statement gives is fetched, as a caller would.
static long drain(BenchDatabase *base, sqlite3_stmt *statement) {
  long sum = 0;
  int code, columns = sqlite3_column_count(statement);
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < columns; i++) {
      if (sqlite3_column_type(statement, i) == SQLITE_TEXT) {
        sum += sqlite3_column_text(statement, i)[0];
        sum += sqlite3_column_bytes(statement, i);
      } else {
        sum += sqlite3_column_int64(statement, i);
      }
    }
  }
  if (code != SQLITE_DONE) die(base->db, "read");
  sqlite3_reset(statement);
  return sum;
}

long bench_read(BenchDatabase *base, int rows, int first, int count) {
  long sum = 0;
  // One view for all, as a unit of work of the platform has it.
  if (sqlite3_exec(base->db, "BEGIN", 0, 0, 0)) die(base->db, "begin");
  for (int i = 0; i < count; i++) {
    sqlite3_bind_int64(base->get, 1, (int64_t)(bench_mix(first + i) % rows) + 1);
    sum += drain(base, base->get);
  }
  finish(base, base->commit);
  return sum;
}

long bench_page(BenchDatabase *base, int is_deep, int count) {
  long sum = 0;
  for (int i = 0; i < count; i++) sum += drain(base, is_deep ? base->deep : base->page);
  return sum;
}
