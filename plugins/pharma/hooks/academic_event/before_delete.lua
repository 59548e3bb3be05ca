-- An event that was approved is kept: its money was granted or spent.

return require("lib.kept").beyond("planned")
