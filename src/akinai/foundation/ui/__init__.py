"""Base templates, components, registries, static files."""
