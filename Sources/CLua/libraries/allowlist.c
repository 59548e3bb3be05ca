// The functions of `math`. All are pure but random, whose generator belongs to the state: two states never give the
// same numbers, whatever their scripts seed them with.
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE  // getentropy
#endif
#include "libraries.h"
#include <math.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

// ---- rounding and parts -------------------------------------------------------------------------------------------

// Pushes a float as an integer if it is one, or else as it is.
static void push_integral(lua_State *L, lua_Number value) {
    lua_Integer integer;
    if (lua_numbertointeger(value, &integer))
        lua_pushinteger(L, integer);
    else
        lua_pushnumber(L, value);
}

static int math_abs(lua_State *L) {
    if (lua_isinteger(L, 1)) {
        lua_Integer value = lua_tointeger(L, 1);
        lua_pushinteger(L, value < 0 ? (lua_Integer)(0 - (lua_Unsigned)value) : value);
    } else {
        lua_pushnumber(L, fabs(luaL_checknumber(L, 1)));
    }
    return 1;
}

static int math_ceil(lua_State *L) {
    if (lua_isinteger(L, 1))
        lua_settop(L, 1);
    else
        push_integral(L, ceil(luaL_checknumber(L, 1)));
    return 1;
}

static int math_floor(lua_State *L) {
    if (lua_isinteger(L, 1))
        lua_settop(L, 1);
    else
        push_integral(L, floor(luaL_checknumber(L, 1)));
    return 1;
}

static int math_fmod(lua_State *L) {
    if (lua_isinteger(L, 1) && lua_isinteger(L, 2)) {
        lua_Integer divisor = lua_tointeger(L, 2);
        luaL_argcheck(L, divisor != 0, 2, "zero");
        // The smallest integer divided by -1 has no result in C.
        lua_pushinteger(L, divisor == -1 ? 0 : lua_tointeger(L, 1) % divisor);
    } else {
        lua_pushnumber(L, fmod(luaL_checknumber(L, 1), luaL_checknumber(L, 2)));
    }
    return 1;
}

static int math_modf(lua_State *L) {
    if (lua_isinteger(L, 1)) {
        lua_settop(L, 1);
        lua_pushnumber(L, 0);
        return 2;
    }
    lua_Number value = luaL_checknumber(L, 1);
    lua_Number whole = value < 0 ? ceil(value) : floor(value);
    push_integral(L, whole);
    lua_pushnumber(L, value == whole ? 0.0 : value - whole);
    return 2;
}

static int math_tointeger(lua_State *L) {
    luaL_checkany(L, 1);
    int exact;
    lua_Integer value = lua_tointegerx(L, 1, &exact);
    if (exact)
        lua_pushinteger(L, value);
    else
        luaL_pushfail(L);
    return 1;
}

static int math_type(lua_State *L) {
    luaL_checkany(L, 1);
    if (lua_type(L, 1) == LUA_TNUMBER)
        lua_pushstring(L, lua_isinteger(L, 1) ? "integer" : "float");
    else
        luaL_pushfail(L);
    return 1;
}

static int math_ult(lua_State *L) {
    lua_Integer a = luaL_checkinteger(L, 1), b = luaL_checkinteger(L, 2);
    lua_pushboolean(L, (lua_Unsigned)a < (lua_Unsigned)b);
    return 1;
}

// Pushes the argument that goes before all others, in the order `before` tells; LUA_OPLT is asked both ways.
static int push_extreme(lua_State *L, bool largest) {
    int count = lua_gettop(L);
    luaL_argcheck(L, count >= 1, 1, "number expected, got no value");
    crmlua_charge(L, (uint64_t)count / 4);
    int best = 1;
    for (int i = 1; i <= count; i += 1) {
        luaL_checknumber(L, i);
        if (largest ? lua_compare(L, best, i, LUA_OPLT) : lua_compare(L, i, best, LUA_OPLT))
            best = i;
    }
    lua_pushvalue(L, best);
    return 1;
}

static int math_max(lua_State *L) {
    return push_extreme(L, true);
}

static int math_min(lua_State *L) {
    return push_extreme(L, false);
}

// ---- powers and angles --------------------------------------------------------------------------------------------

static int math_sqrt(lua_State *L) {
    lua_pushnumber(L, sqrt(luaL_checknumber(L, 1)));
    return 1;
}

static int math_exp(lua_State *L) {
    lua_pushnumber(L, exp(luaL_checknumber(L, 1)));
    return 1;
}

static int math_log(lua_State *L) {
    lua_Number value = luaL_checknumber(L, 1);
    if (lua_isnoneornil(L, 2)) {
        lua_pushnumber(L, log(value));
        return 1;
    }
    lua_Number base = luaL_checknumber(L, 2);
    if (base == 2.0)
        lua_pushnumber(L, log2(value));
    else if (base == 10.0)
        lua_pushnumber(L, log10(value));
    else
        lua_pushnumber(L, log(value) / log(base));
    return 1;
}

static int math_sin(lua_State *L) {
    lua_pushnumber(L, sin(luaL_checknumber(L, 1)));
    return 1;
}

static int math_cos(lua_State *L) {
    lua_pushnumber(L, cos(luaL_checknumber(L, 1)));
    return 1;
}

static int math_tan(lua_State *L) {
    lua_pushnumber(L, tan(luaL_checknumber(L, 1)));
    return 1;
}

static int math_asin(lua_State *L) {
    lua_pushnumber(L, asin(luaL_checknumber(L, 1)));
    return 1;
}

static int math_acos(lua_State *L) {
    lua_pushnumber(L, acos(luaL_checknumber(L, 1)));
    return 1;
}

static int math_atan(lua_State *L) {
    lua_Number y = luaL_checknumber(L, 1);
    lua_pushnumber(L, atan2(y, luaL_optnumber(L, 2, 1)));
    return 1;
}

// `n` degrees in radians, and back.
static int math_rad(lua_State *L) {
    lua_pushnumber(L, luaL_checknumber(L, 1) * (3.141592653589793238 / 180.0));
    return 1;
}

static int math_deg(lua_State *L) {
    lua_pushnumber(L, luaL_checknumber(L, 1) * (180.0 / 3.141592653589793238));
    return 1;
}

// ---- random numbers -----------------------------------------------------------------------------------------------

// A xoshiro256** generator, and the secret that goes into every seed.
typedef struct {
    uint64_t state[4];
    uint64_t secret[2];
} Generator;

static uint64_t rotate(uint64_t value, int by) {
    return value << by | value >> (64 - by);
}

static uint64_t next_number(Generator *generator) {
    uint64_t *s = generator->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

// One step of splitmix64, which spreads a seed over the generator's words.
static uint64_t spread(uint64_t *seed) {
    *seed += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = *seed;
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static void seed_generator(Generator *generator, uint64_t a, uint64_t b) {
    uint64_t first = a ^ generator->secret[0];
    uint64_t second = b ^ generator->secret[1];
    for (int i = 0; i < 4; i += 1)
        generator->state[i] = spread(&first) ^ rotate(spread(&second), 23);
    // All zero would be the one state the generator never leaves.
    if ((generator->state[0] | generator->state[1] | generator->state[2] | generator->state[3]) == 0)
        generator->state[0] = 1;
}

// A number from 0 to `limit`, each as likely as any other.
static uint64_t next_below(Generator *generator, uint64_t limit) {
    uint64_t mask = limit;
    for (int shift = 1; shift < 64; shift *= 2)
        mask |= mask >> shift;
    uint64_t number;
    do {
        number = next_number(generator) & mask;
    } while (number > limit);
    return number;
}

static int math_random(lua_State *L) {
    Generator *generator = lua_touserdata(L, lua_upvalueindex(1));
    lua_Integer low = 1, high;
    switch (lua_gettop(L)) {
    case 0:
        lua_pushnumber(L, (lua_Number)(next_number(generator) >> 11) * 0x1p-53);
        return 1;
    case 1:
        high = luaL_checkinteger(L, 1);
        if (high == 0) {
            lua_pushinteger(L, (lua_Integer)next_number(generator));
            return 1;
        }
        break;
    case 2:
        low = luaL_checkinteger(L, 1);
        high = luaL_checkinteger(L, 2);
        break;
    default:
        return luaL_error(L, "wrong number of arguments");
    }
    luaL_argcheck(L, low <= high, lua_gettop(L), "interval is empty");
    lua_Unsigned size = (lua_Unsigned)high - (lua_Unsigned)low;
    lua_pushinteger(L, (lua_Integer)((lua_Unsigned)low + next_below(generator, size)));
    return 1;
}

static int math_randomseed(lua_State *L) {
    Generator *generator = lua_touserdata(L, lua_upvalueindex(1));
    if (lua_isnone(L, 1)) {
        uint64_t a = next_number(generator);
        seed_generator(generator, a, next_number(generator));
        return 0;
    }
    uint64_t seed[2] = {0, 0};
    for (int i = 0; i < 2 && !lua_isnoneornil(L, i + 1); i += 1) {
        if (lua_isinteger(L, i + 1)) {
            seed[i] = (uint64_t)lua_tointeger(L, i + 1);
        } else {
            lua_Number number = luaL_checknumber(L, i + 1);
            memcpy(&seed[i], &number, sizeof number);
        }
    }
    seed_generator(generator, seed[0], seed[1]);
    return 0;
}

static const luaL_Reg functions[] = {
    {"abs", math_abs},   {"acos", math_acos}, {"asin", math_asin},   {"atan", math_atan},
    {"ceil", math_ceil}, {"cos", math_cos},   {"deg", math_deg},     {"exp", math_exp},
    {"floor", math_floor}, {"fmod", math_fmod}, {"log", math_log},   {"max", math_max},
    {"min", math_min},   {"modf", math_modf}, {"rad", math_rad},     {"sin", math_sin},
    {"sqrt", math_sqrt}, {"tan", math_tan},   {"tointeger", math_tointeger}, {"type", math_type},
    {"ult", math_ult},   {NULL, NULL},
};

static const luaL_Reg random_functions[] = {
    {"random", math_random},
    {"randomseed", math_randomseed},
    {NULL, NULL},
};

void crmlua_open_math(lua_State *L) {
    luaL_newlib(L, functions);
    crmlua_name_functions(L, "math");
    Generator *generator = lua_newuserdatauv(L, sizeof *generator, 0);
    if (getentropy(generator->secret, sizeof generator->secret) != 0) {
        // Without the system's randomness: the time and the place in memory, which still differ between states.
        generator->secret[0] = (uint64_t)time(NULL);
        generator->secret[1] = (uint64_t)(uintptr_t)generator ^ (uint64_t)clock() << 32;
    }
    seed_generator(generator, 0, 0);
    luaL_setfuncs(L, random_functions, 1);
    lua_pushnumber(L, 3.141592653589793238);
    lua_setfield(L, -2, "pi");
    lua_pushnumber(L, (lua_Number)HUGE_VAL);
    lua_setfield(L, -2, "huge");
    lua_pushinteger(L, LUA_MAXINTEGER);
    lua_setfield(L, -2, "maxinteger");
    lua_pushinteger(L, LUA_MININTEGER);
    lua_setfield(L, -2, "mininteger");
}
