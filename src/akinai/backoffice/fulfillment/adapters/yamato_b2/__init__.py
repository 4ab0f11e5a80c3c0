"""ヤマト B2クラウド: label data out (95 columns), issued numbers in."""
