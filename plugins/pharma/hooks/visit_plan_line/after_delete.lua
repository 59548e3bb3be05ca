return require "hooks.visit_plan_line.after_save"
