"""The tables, their columns and how records become rows; migrations from one to the next."""
