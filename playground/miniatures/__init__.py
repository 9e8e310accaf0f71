"""The working models, one file each, in a folder for each area. Dropping a file in is enough."""
