"""Composition root: settings, urls, asgi, command line. The only place that knows all apps."""
