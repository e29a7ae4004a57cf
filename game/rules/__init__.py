"""What may be done: orders and clauses, one file each, found by looking in the folders."""
