"""The clauses treaties are made of: one file, one class, one kind."""
