"""Runs two builds of `latent` on the same files and compares what they write, bit for bit."""
