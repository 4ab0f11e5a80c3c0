"""The day: Today page, jobs page, promises."""
