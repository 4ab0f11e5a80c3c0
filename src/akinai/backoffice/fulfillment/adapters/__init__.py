"""Carriers, each with its own file."""
