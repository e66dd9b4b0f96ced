"""The wire between showroom and cloud, owned here, imported by the kiosk only from sync."""
