"""Articles, passages and the library on disk."""
