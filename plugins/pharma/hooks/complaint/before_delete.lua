-- A complaint is kept from its tracing on.

return require("lib.kept").beyond("received")
