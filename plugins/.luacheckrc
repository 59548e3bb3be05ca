std = "lua54"
max_line_length = 110
read_globals = { "crm" }
files["**/tests"] = { read_globals = { "test", "expect" } }
