"""The register of businesses, survey waves and interviews. Knows nothing of clients."""
