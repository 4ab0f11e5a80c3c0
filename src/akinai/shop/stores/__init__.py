"""The shop, its calendar and legal data; each selling place (店舗)."""
