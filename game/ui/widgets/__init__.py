"""The widget kit: a retained tree of widgets that draw into cached surfaces and post messages up by callbacks."""
