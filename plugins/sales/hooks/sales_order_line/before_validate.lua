return require "lib.line.before_validate"
