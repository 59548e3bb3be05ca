return require "lib.document.before_delete"
