"""Record acts: one transaction each, with the folds that change."""
