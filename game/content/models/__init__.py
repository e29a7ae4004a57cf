"""What level files may say, by topic: `row`, `economy`, `policy`, `world`, `level`."""
