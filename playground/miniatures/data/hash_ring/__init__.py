"""The hash ring."""
