return require "lib.line.after_delete"
