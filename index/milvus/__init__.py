"""The same collection on Milvus, an extra."""
