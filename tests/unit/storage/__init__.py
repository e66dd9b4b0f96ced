"""Storage without a disk: tables against values, JSON against values."""
