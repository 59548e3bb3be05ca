return require "hooks.proforma_line.after_save"
