"""The demo showroom and the scripted visit."""
