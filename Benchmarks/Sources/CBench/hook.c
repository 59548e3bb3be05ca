#include "internal.h"

static const char *script =
    "function validate(r)\n"
    "  if r.name == nil or #r.name < 2 then return 'name' end\n"
    "  if not string.find(r.email, '@', 1, true) then return 'email' end\n"
    "  if r.revenue < 0 then return 'revenue' end\n"
    "  if r.status == 'lost' and r.rating > 5 then return 'rating' end\n"
    "  return true\n"
    "end\n"
    "function loop() local s = 0 for i = 1, 100000 do s = s + i % 7 end return s end\n";

enum { fields = 20 };
static const char *names[fields] = {"code",    "name",     "email",     "phone",   "website",      "industry",   "status",
                                    "owner_id", "country", "city",      "street",  "postcode",     "employees",  "revenue",
                                    "credit_limit", "rating", "is_active", "notes", "created_at", "updated_at"};

const char *bench_lua_script(void) { return script; }

static void push_field(lua_State *L, const BenchRow *r, int field) {
  switch (field) {
    case 0: lua_pushstring(L, r->code); break;
    case 1: lua_pushstring(L, r->name); break;
    case 2: lua_pushstring(L, r->email); break;
    case 3: lua_pushstring(L, r->phone); break;
    case 4: lua_pushstring(L, r->website); break;
    case 5: lua_pushstring(L, r->industry); break;
    case 6: lua_pushstring(L, r->status); break;
    case 7: lua_pushinteger(L, r->owner); break;
    case 8: lua_pushstring(L, r->country); break;
    case 9: lua_pushstring(L, r->city); break;
    case 10: lua_pushstring(L, r->street); break;
    case 11: lua_pushstring(L, r->postcode); break;
    case 12: lua_pushinteger(L, r->employees); break;
    case 13: lua_pushnumber(L, (double)r->revenue_cents / 100); break;
    case 14: lua_pushnumber(L, (double)r->credit_cents / 100); break;
    case 15: lua_pushinteger(L, r->rating); break;
    case 16: lua_pushboolean(L, r->active); break;
    case 17: lua_pushstring(L, r->notes); break;
    default: lua_pushstring(L, r->at); break;
  }
}

// Upvalue 1: field name → position.
static int proxy_index(lua_State *L) {
  const BenchRow **row = lua_touserdata(L, 1);
  lua_pushvalue(L, 2);
  lua_rawget(L, lua_upvalueindex(1));
  if (lua_isnil(L, -1)) return 1;
  push_field(L, *row, (int)lua_tointeger(L, -1));
  return 1;
}

lua_State *bench_lua_open(int *validate) {
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  luaL_newmetatable(L, "row");
  lua_createtable(L, 0, fields);
  for (int i = 0; i < fields; i++) { lua_pushinteger(L, i); lua_setfield(L, -2, names[i]); }
  lua_pushcclosure(L, proxy_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  if (luaL_dostring(L, script)) die(0, lua_tostring(L, -1));
  lua_getglobal(L, "validate");
  *validate = luaL_ref(L, LUA_REGISTRYINDEX);
  return L;
}

int bench_lua_validate(lua_State *L, int validate, const BenchRow *row, BenchLuaCall how) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, validate);
  if (how == BENCH_LUA_TABLE) {
    lua_createtable(L, 0, fields);
    for (int i = 0; i < fields; i++) { push_field(L, row, i); lua_setfield(L, -2, names[i]); }
  } else {
    const BenchRow **proxy = lua_newuserdatauv(L, sizeof *proxy, 0);
    *proxy = row;
    luaL_setmetatable(L, "row");
  }
  if (lua_pcall(L, 1, 1, 0)) die(0, lua_tostring(L, -1));
  int is_valid = lua_isboolean(L, -1) && lua_toboolean(L, -1);
  lua_pop(L, 1);
  return is_valid;
}

void bench_lua(BenchLuaCall how, const BenchRow *rows, int count, int calls) {
  int validate;
  lua_State *L = bench_lua_open(&validate);
  for (int i = 0; i < calls; i++) {
    if (how == BENCH_LUA_LOOP) {
      lua_getglobal(L, "loop");
      if (lua_pcall(L, 0, 1, 0)) die(0, lua_tostring(L, -1));
      lua_pop(L, 1);
    } else if (!bench_lua_validate(L, validate, &rows[i % count], how)) {
      die(0, "validate");
    }
  }
  lua_close(L);
}
