return require "lib.line.after_save"
