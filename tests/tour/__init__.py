"""The pictures of the documents, made from the running product: `make pictures`."""
