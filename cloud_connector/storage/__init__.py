"""The connector's database: sites, inbox, deliveries, commands."""
