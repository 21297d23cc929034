"""Stand-ins for cloud storage, each a process of its own: moto for S3, azurite for Azure Blob."""
