"""Payment methods and delivery services: data and pure functions."""
