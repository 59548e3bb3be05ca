return require "lib.line.before_delete"
