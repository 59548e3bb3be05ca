return require("lib.papers").code_rule("QT", "quoted_on")
