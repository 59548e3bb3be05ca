return require "lib.line.before_save"
