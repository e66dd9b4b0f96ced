"""A stand-in for WeCom's side: own process, shares no code with cloud_connector.wecom."""
