"""Security: how something is proved to someone who does not trust you."""
