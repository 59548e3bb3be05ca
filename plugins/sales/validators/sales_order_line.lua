return require "lib.line.validate"
