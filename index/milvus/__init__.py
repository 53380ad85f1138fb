"""A collection on Milvus, which needs optional packages."""
