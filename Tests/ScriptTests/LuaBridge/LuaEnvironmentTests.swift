import LuaBridge
import Testing

struct LuaEnvironmentTests {
    /// Every name that a script can reach, and no other.
    private static let names = """
        _G _VERSION assert coroutine coroutine.close coroutine.create coroutine.isyieldable coroutine.resume \
        coroutine.running coroutine.status coroutine.wrap coroutine.yield error getmetatable ipairs load \
        math math.abs math.acos math.asin math.atan math.ceil math.cos math.deg math.exp math.floor \
        math.fmod math.huge math.log math.max math.maxinteger math.min math.mininteger math.modf math.pi \
        math.rad math.random math.randomseed math.sin math.sqrt math.tan math.tointeger math.type math.ult \
        next os os.clock os.date os.difftime os.time pairs pcall print rawequal rawget rawlen rawset require \
        select setmetatable string string.byte string.char string.find string.format string.gmatch \
        string.gsub string.len string.lower string.match string.pack string.packsize string.rep \
        string.reverse string.sub string.unpack string.upper table table.concat table.insert table.move \
        table.pack table.remove table.sort table.unpack tonumber tostring type utf8 utf8.char \
        utf8.charpattern utf8.codepoint utf8.codes utf8.len utf8.offset xpcall
        """

    @Test("Scripts reach exactly the names of the list")
    func reachable() throws {
        let state = try LuaState(name: "env")
        let text = try state.load(
            """
            local found, seen = {}, {}
            local function walk(prefix, t)
              if seen[t] then return end
              seen[t] = true
              for name, value in pairs(t) do
                found[#found + 1] = prefix .. name
                if type(value) == "table" then walk(prefix .. name .. ".", value) end
              end
            end
            walk("", _G)
            table.sort(found)
            return table.concat(found, " ")
            """,
            chunkName: "env"
        ).call().string(0)
        #expect(text == LuaEnvironmentTests.names)
    }

    @Test("Libraries cannot be changed, and the metatable of texts is hidden")
    func frozen() throws {
        let state = try LuaState(name: "env")
        let results = try state.load(
            """
            local function refused(f, ...) return not pcall(f, ...) end
            return refused(function() string.rep = 1 end), refused(rawset, string, "rep", 1),
              refused(setmetatable, string, {}), getmetatable(string) == false, getmetatable("") == nil,
              ("x"):rep(3) == "xxx", refused(function() local _, t = pairs(string) t.rep = 1 end)
            """,
            chunkName: "env"
        ).call()
        for i in 0..<7 { #expect(results.boolean(i) == true, "\(i)") }
    }
}
