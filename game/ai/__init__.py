"""How nations that nobody plays decide: personalities, habits (one array function) and minds (a look ahead)."""
