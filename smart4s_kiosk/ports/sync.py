"""The connector as services and the health page see it."""
