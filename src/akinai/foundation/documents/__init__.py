"""PDF by typst, barcodes."""
