"""ネクストエンジン 汎用 order file."""
