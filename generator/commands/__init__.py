"""The commands, each module a few that belong together; heavy imports stand inside the command that needs them."""
