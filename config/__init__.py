"""The house: settings, root URLs, policy, health, errors, static build."""
