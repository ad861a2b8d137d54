"""Measures `latent` beside its peers on equal data, equal starts and one thread each."""
