"""電話・FAX受注 (R16): orders that a clerk types while the buyer speaks, or from a sheet the buyer sent."""
