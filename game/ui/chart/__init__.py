"""Charts: widgets that draw data with pygame alone."""
