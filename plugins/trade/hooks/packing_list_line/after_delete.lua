return require "hooks.packing_list_line.after_save"
