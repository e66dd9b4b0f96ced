"""What services need from outside, as Protocols."""
