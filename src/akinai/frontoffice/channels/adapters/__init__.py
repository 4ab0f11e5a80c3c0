"""Order files of each mall and cart to `StoreOrder`s: pure, no models. `presets.PRESETS` names them all."""
