"""Keys: Hangul letters, own keymaps, tables of bindings, keys typed ahead."""
