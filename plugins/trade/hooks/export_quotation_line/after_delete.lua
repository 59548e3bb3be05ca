return require "hooks.export_quotation_line.after_save"
