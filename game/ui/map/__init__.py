"""The world map: shapes, projection, drawing layers and the widget that joins them."""
