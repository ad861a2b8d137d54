"""Model files between latent and its peers: who reads what whom wrote, compared cell by cell."""
