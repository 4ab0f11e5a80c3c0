"""CSV, TSV and mappings in and out."""
