"""The page: one HTML file, made with folium."""
