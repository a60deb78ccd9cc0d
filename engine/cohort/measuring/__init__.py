"""What was measured on scans."""
