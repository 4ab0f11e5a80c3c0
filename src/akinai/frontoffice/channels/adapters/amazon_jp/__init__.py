"""Amazon.co.jp order report."""
