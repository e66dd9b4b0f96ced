"""The connector over real HTTP, with the sandbox as WeCom."""
