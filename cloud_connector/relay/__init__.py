"""What to do with a message: whom to tell, what to say, what a button means."""
