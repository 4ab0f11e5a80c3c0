"""One module per subcommand of `akinai`."""
