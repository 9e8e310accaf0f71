"""Engines and codecs that several miniatures share. They know neither miniatures nor scenes."""
