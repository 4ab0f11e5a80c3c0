"""Staff, roles, permissions, API tokens."""
