"""The domain: claims, the store that keeps them, and the questions asked of them. Knows no HTTP and no
environment.
"""
