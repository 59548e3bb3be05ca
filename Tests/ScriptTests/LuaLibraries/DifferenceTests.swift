import Testing

/// What the guide says under "What differs from Lua 5.4", line by line.
@Suite("What differs from Lua 5.4")
struct DifferenceTests {
    static let meant: [LibraryCase] = [
        // Nothing shows where something lies in memory.
        LibraryCase(#"tostring({}), tostring(print), ("%s"):format({})"#, "table|function|table"),
        LibraryCase(#"pcall(string.format, "%p", {})"#, "false|invalid conversion '%p' to 'format'"),
        // Broken patterns are refused before anything is looked for.
        LibraryCase(#"pcall(string.find, "a", "x%")"#, "false|malformed pattern (ends with '%')"),
        LibraryCase(#"pcall(string.gsub, "a", "x(", "")"#, "false|unfinished capture"),
        LibraryCase(#"pcall(string.match, "a", "x[b")"#, "false|malformed pattern (missing ']')"),
        // Zero bytes are bytes.
        LibraryCase(#"("%4s|%.1s"):format("a\0", "\0b") == "  a\0|\0""#, "true"),
        LibraryCase(#"pcall(string.packsize, "b\0b")"#, "false|invalid format option ''"),
        // Only numbers are greater or less, only tables have elements.
        LibraryCase(#"pcall(math.max, "a")"#, "false|bad argument #1 to 'math.max' (number expected, got string)"),
        LibraryCase(
            #"pcall(table.unpack, "ab")"#,
            "false|bad argument #1 to 'table.unpack' (table expected, got string)"
        ),
        LibraryCase(
            #"pcall(table.concat, setmetatable({}, { __index = { "a" } }))"#,
            "false|bad argument #1 to 'table.concat' (table expected without metamethods)"
        ),
        // Sorting keeps the order of equals, and leaves the list alone when values cannot be compared.
        LibraryCase(
            chunk: #"""
                local list = { "b1", "a1", "b2", "a2", "b3", "a3" }
                table.sort(list, function(x, y) return x:sub(1, 1) < y:sub(1, 1) end)
                return table.concat(list, " ")
                """#,
            "a1 a2 a3 b1 b2 b3"
        ),
        LibraryCase(chunk: #"local list = { 3, 2, "a", 1 } pcall(table.sort, list) return list"#, "{3,2,a,1}"),
        LibraryCase(
            #"pcall(table.sort, {}, 1)"#,
            "false|bad argument #2 to 'table.sort' (function expected, got number)"
        ),
        LibraryCase(#"pcall(table.sort, { 3, 1, 2 }, function() return true end)"#, "true"),
        // Text that is no UTF-8 has no characters.
        LibraryCase(
            chunk: #"return pcall(function() for _ in utf8.codes("中\x80") do end end)"#,
            "false|t:1: invalid UTF-8 code"
        ),
        // Random numbers cannot be foretold.
        LibraryCase(
            chunk: #"math.randomseed(1) local a = math.random(0) math.randomseed(1) return a == math.random(0)"#,
            "true"
        ),
        // What takes no end.
        LibraryCase(#"pcall(string.rep, "a", 1 << 25)"#, "false|resulting string too large"),
        LibraryCase(#"pcall(table.unpack, {}, 1, 10001)"#, "false|too many results to unpack"),
        LibraryCase(
            #"pcall(table.move, {}, 1, 1 << 40, 2)"#,
            "false|bad argument #3 to 'table.move' (too many elements to move)"
        ),
        LibraryCase(#"pcall(load, "\27Lua")"#, "true|nil|attempt to load a binary chunk (mode is 't')"),
    ]

    @Test("is meant", arguments: meant)
    func holds(_ example: LibraryCase) { #expect(example.outcome() == example.expected) }
}
