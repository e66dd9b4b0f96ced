"""What judges the bars."""
