#pragma once
#include "CBench.h"
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct BenchDatabase {
  sqlite3 *db;
  sqlite3_stmt *begin, *commit, *number, *insert, *history, *get, *update, *page, *deep;
  lua_State *lua;
  int validate;
};

static inline void die(sqlite3 *db, const char *what) {
  fprintf(stderr, "yardstick: %s: %s\n", what, db ? sqlite3_errmsg(db) : "");
  exit(1);
}

static inline void finish(BenchDatabase *base, sqlite3_stmt *statement) {
  if (sqlite3_step(statement) != SQLITE_DONE) die(base->db, "step");
  sqlite3_reset(statement);
}

static inline void set_text(sqlite3_stmt *statement, int index, const char *text) {
  sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

// Gives the row the next code, inserts it and its history.
void bench_insert(BenchDatabase *base, BenchRow *row);
lua_State *bench_lua_open(int *validate);
int bench_lua_validate(lua_State *L, int validate, const BenchRow *row, BenchLuaCall how);
