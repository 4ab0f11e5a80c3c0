"""Products and SKUs."""
