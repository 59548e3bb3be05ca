return require "hooks.participation_payment.after_save"
