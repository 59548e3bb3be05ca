return require "lib.document.settle"
