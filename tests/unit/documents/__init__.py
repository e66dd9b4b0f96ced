"""Documents without disks: tables in and out."""
