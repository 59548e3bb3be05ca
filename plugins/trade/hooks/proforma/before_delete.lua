-- A proforma invoice that went out is kept.

return require("lib.papers").check_delete
