"""Which event sends which message to whom."""
