-- A recall whose notice went out is kept.

return require("lib.kept").beyond("draft")
