"""What people see and touch: shows values, calls services, decides nothing."""
