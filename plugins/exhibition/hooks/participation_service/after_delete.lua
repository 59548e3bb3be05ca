return require "hooks.participation_service.after_save"
