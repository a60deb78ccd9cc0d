"""Pictures made for screens: grey levels or colours without any geometry, opened through Pillow."""
