"""Money, clock, text, errors, actor, permissions: the words every app shares."""
