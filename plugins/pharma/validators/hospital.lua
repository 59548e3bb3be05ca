return require "lib.code_validate"
