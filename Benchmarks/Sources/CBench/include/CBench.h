// The yardsticks: what the platform does, done by C with nothing between it and SQLite and Lua.
// A failure of a yardstick ends the process with a message: there is nothing to measure then.
#pragma once
#include <sqlite3.h>
#include <stdint.h>

// One customer, made from a number: the same number gives the same customer everywhere.
typedef struct {
  char code[16], name[64], email[64], phone[24], website[64], street[48], postcode[12], notes[128], at[24];
  const char *industry, *status, *country, *city;
  int owner, employees, rating, active;
  int64_t revenue_cents, credit_cents, at_milliseconds;
} BenchRow;

void bench_row(BenchRow *row, uint64_t number);
uint64_t bench_mix(uint64_t number);
// The status that saves and filters use in turn.
const char *bench_status(int index);

// A database of the yardstick with its prepared statements and its Lua state.
typedef struct BenchDatabase BenchDatabase;
BenchDatabase *bench_open(const char *path, int is_full, int is_fresh);
void bench_close(BenchDatabase *base);
sqlite3 *bench_handle(BenchDatabase *base);

// Customers with numbers first+1 to first+count, with their history, 1000 in a transaction.
void bench_preload(BenchDatabase *base, int first, int count);
// Lua hook (if any), next number, customer, history; `batch` customers in a transaction.
void bench_create(BenchDatabase *base, const BenchRow *rows, int count, int batch, int has_hook);
// Reads a customer, changes status and rating, writes the difference into the history; one transaction each.
void bench_save(BenchDatabase *base, int rows, int first, int count);
// Reads a CSV file with a heading, converts, numbers, inserts with history, 1000 in a transaction; returns the rows.
int bench_import(BenchDatabase *base, const char *path);
// Reads customers by id with all columns.
long bench_read(BenchDatabase *base, int rows, int first, int count);
// Reads pages of 50 of one status, latest first, with all columns; `is_deep` begins behind the middle, by key.
long bench_page(BenchDatabase *base, int is_deep, int count);

// The Lua hook's script by itself: calls of validate with a full table or a proxy, and of a loop of 100,000 turns.
typedef enum { BENCH_LUA_TABLE, BENCH_LUA_PROXY, BENCH_LUA_LOOP } BenchLuaCall;
void bench_lua(BenchLuaCall how, const BenchRow *rows, int count, int calls);
const char *bench_lua_script(void);
