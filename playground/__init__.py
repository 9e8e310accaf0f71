"""Working models (miniatures), the engine that runs them, and the pages that show them."""
