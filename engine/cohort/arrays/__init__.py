"""Arrays that hold pictures and their labels."""
