return require "hooks.show_budget_line.after_save"
