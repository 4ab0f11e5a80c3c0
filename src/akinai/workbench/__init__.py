"""Demo shop, generators and benchmarks: uses every app, is used by none."""
