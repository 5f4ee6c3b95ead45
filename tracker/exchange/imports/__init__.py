"""Files into a store: previews, imports and what came of them."""
