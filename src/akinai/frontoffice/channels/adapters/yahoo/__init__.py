"""Yahoo!ショッピング order and item files."""
