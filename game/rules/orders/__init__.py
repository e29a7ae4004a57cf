"""The orders: one file, one class, one kind. To add one, copy the file nearest in kind."""
