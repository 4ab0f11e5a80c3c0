"""Settings pages: how the shop is paid, how it sends, how long it takes."""
