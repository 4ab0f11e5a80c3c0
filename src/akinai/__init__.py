"""akinai (商い): the back office of a Japanese net shop."""
