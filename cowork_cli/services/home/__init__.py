"""The home itself: settings, profile, backups, what was changed, what stands open."""
