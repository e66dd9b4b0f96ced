"""Full-size measurements: each module prints JSON and is one bar of `make bars`."""
