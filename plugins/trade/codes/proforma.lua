return require("lib.papers").code_rule("PI", "issued_on")
