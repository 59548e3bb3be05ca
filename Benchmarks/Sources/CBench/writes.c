#include "internal.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int history_json(char *to, size_t size, const BenchRow *r) {
  return snprintf(
      to, size,
      "{\"code\":\"%s\",\"name\":\"%s\",\"email\":\"%s\",\"phone\":\"%s\",\"website\":\"%s\",\"industry\":\"%s\","
      "\"status\":\"%s\",\"owner_id\":%d,\"country\":\"%s\",\"city\":\"%s\",\"street\":\"%s\",\"postcode\":\"%s\","
      "\"employees\":%d,\"revenue\":\"%lld.%02d\",\"credit_limit\":\"%lld.%02d\",\"rating\":%d,\"is_active\":%s,"
      "\"notes\":\"%s\"}",
      r->code, r->name, r->email, r->phone, r->website, r->industry, r->status, r->owner, r->country, r->city,
      r->street, r->postcode, r->employees, (long long)(r->revenue_cents / 100), (int)(r->revenue_cents % 100),
      (long long)(r->credit_cents / 100), (int)(r->credit_cents % 100), r->rating, r->active ? "true" : "false",
      r->notes);
}

static void note(BenchDatabase *base, const char *at, int64_t id, const char *action, const char *json, int length) {
  set_text(base->history, 1, at);
  sqlite3_bind_int64(base->history, 2, id);
  set_text(base->history, 3, action);
  sqlite3_bind_text(base->history, 4, json, length, SQLITE_STATIC);
  finish(base, base->history);
}

void bench_insert(BenchDatabase *base, BenchRow *r) {
  if (sqlite3_step(base->number) != SQLITE_ROW) die(base->db, "number");
  snprintf(r->code, sizeof r->code, "C-%07d", sqlite3_column_int(base->number, 0));
  finish(base, base->number);
  sqlite3_stmt *s = base->insert;
  const char *texts[] = {r->code, r->name, r->email, r->phone, r->website, r->industry, r->status};
  for (int i = 0; i < 7; i++) set_text(s, i + 1, texts[i]);
  sqlite3_bind_int(s, 8, r->owner);
  set_text(s, 9, r->country);
  set_text(s, 10, r->city);
  set_text(s, 11, r->street);
  set_text(s, 12, r->postcode);
  sqlite3_bind_int(s, 13, r->employees);
  sqlite3_bind_int64(s, 14, r->revenue_cents);
  sqlite3_bind_int64(s, 15, r->credit_cents);
  sqlite3_bind_int(s, 16, r->rating);
  sqlite3_bind_int(s, 17, r->active);
  set_text(s, 18, r->notes);
  set_text(s, 19, r->at);
  set_text(s, 20, r->at);
  finish(base, s);
  char json[1024];
  int length = history_json(json, sizeof json, r);
  note(base, r->at, sqlite3_last_insert_rowid(base->db), "create", json, length);
}

void bench_preload(BenchDatabase *base, int first, int count) {
  BenchRow row;
  for (int i = 0; i < count; i++) {
    if (i % 1000 == 0) finish(base, base->begin);
    bench_row(&row, (uint64_t)(first + i + 1));
    bench_insert(base, &row);
    if (i % 1000 == 999 || i == count - 1) finish(base, base->commit);
  }
}

void bench_create(BenchDatabase *base, const BenchRow *rows, int count, int batch, int has_hook) {
  for (int i = 0; i < count; i++) {
    BenchRow row = rows[i];
    if (i % batch == 0) finish(base, base->begin);
    if (has_hook && !bench_lua_validate(base->lua, base->validate, &row, BENCH_LUA_TABLE)) die(0, "hook");
    bench_insert(base, &row);
    if ((i + 1) % batch == 0 || i == count - 1) finish(base, base->commit);
  }
}

void bench_save(BenchDatabase *base, int rows, int first, int count) {
  for (int i = first; i < first + count; i++) {
    int64_t id = (int64_t)(bench_mix(i) % rows) + 1;
    const char *status = bench_status(i);
    int rating = i % 5 + 1;
    char at[24], json[256];
    snprintf(at, sizeof at, "2027-01-01T%02d:%02d:%02dZ", i / 3600 % 24, i / 60 % 60, i % 60);
    finish(base, base->begin);
    sqlite3_bind_int64(base->get, 1, id);
    if (sqlite3_step(base->get) != SQLITE_ROW) die(base->db, "get");
    int length = snprintf(json, sizeof json, "{\"status\":[\"%s\",\"%s\"],\"rating\":[%d,%d]}",
                          sqlite3_column_text(base->get, 7), status, sqlite3_column_int(base->get, 16), rating);
    sqlite3_reset(base->get);
    set_text(base->update, 1, status);
    sqlite3_bind_int(base->update, 2, rating);
    set_text(base->update, 3, at);
    sqlite3_bind_int64(base->update, 4, id);
    finish(base, base->update);
    note(base, at, id, "update", json, length);
    finish(base, base->commit);
  }
}

// MARK: CSV

enum { columns = 17 };
static const char *position, *end;
static char arena[8192];
static char *cells[columns];

// One record into `cells`, without quotation marks, each ended by a zero; returns how many cells it has.
static int record(void) {
  if (position >= end) return 0;
  char *to = arena;
  for (int count = 0;;) {
    cells[count++] = to;
    if (position < end && *position == '"') {
      for (position++; position < end; *to++ = *position++) {
        if (*position != '"') continue;
        if (position + 1 < end && position[1] == '"') { position++; continue; }
        position++;
        break;
      }
    } else {
      while (position < end && *position != ',' && *position != '\n') *to++ = *position++;
    }
    *to++ = 0;
    if (position < end && *position == ',' && count < columns) { position++; continue; }
    if (position < end) position++;
    return count;
  }
}

static int64_t cents(const char *text) {
  char *rest;
  int64_t whole = strtoll(text, &rest, 10);
  return whole * 100 + (*rest == '.' ? strtol(rest + 1, 0, 10) : 0);
}

#define TAKE(field, cell) snprintf(row.field, sizeof row.field, "%s", cells[cell])

int bench_import(BenchDatabase *base, const char *path) {
  int file = open(path, O_RDONLY);
  struct stat info;
  if (file < 0 || fstat(file, &info)) die(0, path);
  char *text = mmap(0, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  if (text == MAP_FAILED) die(0, path);
  position = text;
  end = text + info.st_size;
  BenchRow row;
  bench_row(&row, 1);
  int count = 0;
  record();
  while (record() == columns) {
    if (count % 1000 == 0) finish(base, base->begin);
    TAKE(name, 0); TAKE(email, 1); TAKE(phone, 2); TAKE(website, 3);
    row.industry = cells[4];
    row.status = cells[5];
    row.owner = atoi(cells[6]);
    row.country = cells[7];
    row.city = cells[8];
    TAKE(street, 9); TAKE(postcode, 10);
    row.employees = atoi(cells[11]);
    row.revenue_cents = cents(cells[12]);
    row.credit_cents = cents(cells[13]);
    row.rating = atoi(cells[14]);
    row.active = atoi(cells[15]);
    TAKE(notes, 16);
    bench_insert(base, &row);
    if (++count % 1000 == 0) finish(base, base->commit);
  }
  if (!sqlite3_get_autocommit(base->db)) finish(base, base->commit);
  munmap(text, (size_t)info.st_size);
  close(file);
  return count;
}
